"""Settings, read from the environment only.

`DUI_MODE` is `production` unless said otherwise, and production refuses to start when a secret is
missing: a forgotten variable must never turn into an open door.
"""

from datetime import timedelta
from pathlib import Path

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("DUI_MODE", default="production")
if MODE not in {"production", "development", "test"}:
    raise ImproperlyConfigured(f"DUI_MODE={MODE!r} : attendu « production », « development » ou « test ».")
PRODUCTION = MODE == "production"


def required_in_production(name: str, fallback: str) -> str:
    """The variable `name`; outside production, `fallback` will do.

    Raises ImproperlyConfigured in production when it is missing or empty.
    """
    value = env.str(name, default="")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"La variable {name} est obligatoire en production (voir .env.example).")
    return fallback


DEBUG = False
SECRET_KEY = required_in_production("SECRET_KEY", "development-only-" + "k" * 50)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # former keys: second factors outlive a change
ALLOWED_HOSTS = required_in_production("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY : 50 caractères aléatoires au moins (voir .env.example).")
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS : nommez les noms du site, « * » les accepterait tous.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = required_in_production("SITE_URL", f"http://localhost:{env.str('PORT', default='8000')}").rstrip("/")
VAR = Path(env.str("DUI_VAR", default=str(BASE_DIR / "var")))
DEMO = env.bool("DUI_DEMO", default=False) and not PRODUCTION

INSTALLED_APPS = [
    "common",
    "organisations",
    "governance",
    "checklist",
    "structures",
    "risks",
    "indicators",
    "reports",
    "dui_deploy",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "guardian",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # poor lines; it pads answers against BREACH
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "organisations.middleware.AccessMiddleware",
    "organisations.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "dui_deploy.urls"
WSGI_APPLICATION = "dui_deploy.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dui_deploy.context.shell",
            ],
        },
    },
]

# One engine: PostgreSQL. The application works as a role that owns nothing (common/database.py).
DATABASES = {"default": env.db_url_config(required_in_production("DATABASE_URL", "postgres://postgres@127.0.0.1/dui"))}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DATABASE_ROLE = env.str("DATABASE_ROLE", default="")
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PGHISTORY_APPEND_ONLY = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGTRIGGER_MIGRATIONS = False

REDIS_URL = required_in_production("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "dui"}
}

# Sign-in
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # django-guardian: no row stands for « anybody »
GUARDIAN_MONKEY_PATCH_USER = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "organisations.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is only ever made from an invitation sent to that address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {  # whole establishments share one address: per address, limits are wide
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if PRODUCTION else 0)
ACCOUNT_FORMS = {
    "login": "dui_deploy.account.forms.SignInForm",
    "reset_password": "dui_deploy.account.forms.AskPasswordForm",
    "reset_password_from_key": "dui_deploy.account.forms.ResetPasswordForm",
    "change_password": "dui_deploy.account.forms.ChangePasswordForm",
    "set_password": "dui_deploy.account.forms.SetPasswordForm",
    "reauthenticate": "dui_deploy.account.forms.ReauthenticateForm",
}
PASSWORD_RESET_TIMEOUT = 2 * 3600
MFA_TOTP_TOLERANCE = 1  # the clock of a telephone may be half a minute off
MFA_ADAPTER = "organisations.adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation has verified it
MFA_FORMS = {
    "authenticate": "dui_deploy.account.forms.CodeForm",
    "reauthenticate": "dui_deploy.account.forms.ReauthenticateCodeForm",
    "activate_totp": "dui_deploy.account.forms.ActivateCodeForm",
    "add_webauthn": "dui_deploy.account.forms.PasskeyForm",
    "edit_webauthn": "dui_deploy.account.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Passerelle DUI"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "dui_deploy.errors.csrf_failure"

# Transport and content
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Language
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static" if PRODUCTION else None  # elsewhere they are served from where they lie
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "common.finders.JoinedCssFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = VAR / "files"  # outside the web root: a file leaves through a view that checks, or not at all
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "common.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

# E-mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Passerelle DUI <ne-pas-repondre@localhost>")
if email_url := required_in_production("EMAIL_URL", ""):
    vars().update(env.email_url_config(email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
EMAIL_TIMEOUT = 10
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # who runs this instance: accessibility, personal data

# Jobs
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True  # the default acknowledges first and loses the task of a killed worker
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# One attempt when a request sends: kombu would wait 6 s for a broker that is down, and the row waits anyway.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "max_retries": 1,
}
JOB_LEASE = timedelta(seconds=20)
JOB_LOST_AFTER = timedelta(seconds=20)
JOB_ATTEMPTS = 3
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "requeue-jobs": {"task": "common.requeue_jobs", "schedule": 10.0},
    "worker-pulse": {"task": "common.worker_pulse", "schedule": 10.0},
    "send-invitations": {"task": "organisations.send_invitations", "schedule": 60.0},
    "send-dispatches": {"task": "governance.send_dispatches", "schedule": 60.0},
    "send-reminders": {"task": "structures.send_reminders", "schedule": 60.0},
    "follow-memberships": {"task": "organisations.follow_memberships", "schedule": 3600.0},
    "open-indicator-campaigns": {"task": "indicators.open_campaigns", "schedule": crontab(hour=4, minute=30)},
    "prepare-reports": {"task": "reports.prepare_committee_reports", "schedule": crontab(hour=5, minute=30)},
    "compute-figures": {"task": "indicators.compute_figures", "schedule": crontab(minute=10)},
    "evaluate-rules": {"task": "indicators.evaluate_rules", "schedule": crontab(hour=6, minute=15)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "common.logs.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "loggers": {name: {"level": "WARNING"} for name in ("pgtrigger", "weasyprint", "fontTools")},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
