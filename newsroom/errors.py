"""The errors newsroom raises.

    NewsroomError
    ├── ContentError      the content folder says something that cannot be used
    ├── ScheduleError     schedule.yaml cannot be followed
    ├── AddressError      mail cannot be sent to an address somebody wrote
    ├── SettingsError     the environment or the command line is wrong
    ├── StateError        the ledger or an issue's state says no
    │   └── ChangedError  a text is another than the one that was fixed
    └── OutsideError      something outside failed: relay, network, disk
        └── DeliveryError a mail transport cannot be used at all

Every message names the place, the value and what to do. Trouble with one recipient is not an
error but an outcome in the ledger; trouble with one file is a `Problem`, so that one bad file
never hides another.
"""


class NewsroomError(Exception):
    """The root: catch this to catch whatever newsroom raises on purpose."""

    @property
    def sentence(self) -> str:
        """What it says; a saying, where the person at the desk is to read it."""
        return self.args[0] if self.args else ""


class ContentError(NewsroomError):
    """The content folder is missing or holds something that stops the whole command."""


class ScheduleError(NewsroomError):
    """`schedule.yaml` cannot be followed."""


class AddressError(NewsroomError):
    """Mail cannot be sent to what was written as an address."""


class SettingsError(NewsroomError):
    """An environment variable or an option has a value that cannot be used."""


class StateError(NewsroomError):
    """The ledger, or the state of an issue, forbids what was asked."""


class ChangedError(StateError):
    """The text of an issue is another than the one that was approved and fixed."""


class OutsideError(NewsroomError):
    """Something that newsroom does not control failed: a relay, the network, the disk."""


class DeliveryError(OutsideError):
    """A mail transport cannot be used at all: refused login, bad certificate, no connection."""
