"""Work spread over child processes: one that hangs or dies costs one item, and none outlives us."""

from newsroom.workers.crew import Crew as Crew
from newsroom.workers.crew import Lost as Lost
from newsroom.workers.crew import can_inherit as can_inherit
from newsroom.workers.crew import processors as processors
