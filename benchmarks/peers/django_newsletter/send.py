"""django-newsletter sending one message to many, configured as its documentation says.

    PYTHON-OF-THE-PEERS send.py PORT COUNT MESSAGE-FILE

Its own code does the work: `Submission.submit`, which `manage.py submit_newsletter` calls. It
prints what that took as JSON; making the list is not counted.
"""

import json
import sys
import time
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path
from django.utils import timezone


def set_up(port: int, folder: Path) -> None:
    """A project with the application and SQLite; mail goes to the sink."""
    settings.configure(
        SECRET_KEY="benchmark",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.admin",
            "sorl.thumbnail",
            "newsletter",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "db"}},
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
        NEWSLETTER_USE_HTTPS=True,
        ROOT_URLCONF=__name__,
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()
    globals()["urlpatterns"] = [path("newsletter/", include("newsletter.urls"))]
    call_command("migrate", verbosity=0)


def submission_of(html: str, count: int) -> object:
    """A message whose text is the sample's, ready to go to so many readers."""
    from django.contrib.sites.models import Site
    from newsletter.models import Article, Message, Newsletter, Submission, Subscription

    news = Newsletter.objects.create(
        title="News", slug="news", email="bounces@example.se", sender="News", send_html=True
    )
    news.site.set(Site.objects.all())
    Subscription.objects.bulk_create(
        Subscription(
            newsletter=news,
            email_field=f"reader{number}@example.se",
            subscribed=True,
            subscribe_date=timezone.now(),
        )
        for number in range(count)
    )
    message = Message.objects.create(title="Spring", slug="spring", newsletter=news)
    Article.objects.create(title="Everything", text=html, post=message, sortorder=1)
    submission = Submission.from_message(message)
    submission.publish_date = timezone.now() - timedelta(minutes=1)
    submission.prepared = True
    submission.save()
    return submission


def main(port: int, count: int, sample: bytes, folder: Path) -> None:
    """Send, and print what it took."""
    set_up(port, folder)
    body = message_from_bytes(sample, policy=policy.default).get_body(("html",))
    submission = submission_of(body.get_content(), count)
    used, began = time.process_time(), time.perf_counter()
    submission.submit()
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    print(json.dumps({"messages": count, "seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_bytes(), Path.cwd())
