"""Django's settings of a site, from where it lives; nothing else configures it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from xiaoer.site.database import database_of
from xiaoer.site.place import Site
from xiaoer.site.secret import secret_key

HERE = Path(__file__).resolve().parent
SESSION_HOURS = 12
PASSWORD_LENGTH = 10
WRONG_PASSWORDS = 5
LOCKED_MINUTES = 15
MOST_PARTS = 5000  # beyond this a request with files is not even read; imports have a limit of their own below it
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xiaoer.site.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xiaoer.site.session_rules.SessionRules",
    "xiaoer.site.reader.ReaderLanguage",
    "xiaoer.site.access.Guard",
    "axes.middleware.AxesMiddleware",
]


def django_settings(site: Site) -> dict[str, Any]:
    """Return the settings; the site's folder and its key are made where they are not there yet."""
    site.make_folder()
    return {
        "SITE": site,
        "SECRET_KEY": secret_key(site.folder),
        "DEBUG": False,
        "ALLOWED_HOSTS": sorted({urlsplit(address).hostname for address in site.addresses} - {None}),
        "ROOT_URLCONF": "xiaoer.site.urls",
        "WSGI_APPLICATION": None,
        "INSTALLED_APPS": [
            "xiaoer.site", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.staticfiles", "axes",
        ],
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": [_templates()],
        "DATABASES": {"default": database_of(site.database_url, site.folder)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Shanghai",
        "LOGGING": _logging(),
        **_words(site),
        **_static(site),
        **_signing_in(),
        **_transport(site),
    }  # fmt: skip


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "xiaoer.site.reader.page_context"],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
        },
    }


def _words(site: Site) -> dict[str, Any]:
    return {
        "USE_I18N": True,
        "LANGUAGES": [("zh-hans", "简体中文"), ("en", "English")],
        "LANGUAGE_CODE": "en" if site.language == "en" else "zh-hans",
        "LOCALE_PATHS": [HERE / "locale"],
    }


def _static(site: Site) -> dict[str, Any]:
    return {
        "STATIC_URL": "/static/",
        "STATIC_ROOT": site.folder / "static",
        "STATICFILES_DIRS": [HERE / "static"],
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        "WHITENOISE_KEEP_ONLY_HASHED_FILES": True,
    }


def _signing_in() -> dict[str, Any]:
    checks = "django.contrib.auth.password_validation."
    return {
        "AUTH_USER_MODEL": "xiaoer.Person",
        "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{checks}UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("login", "name")}},
            {"NAME": f"{checks}MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_LENGTH}},
            {"NAME": f"{checks}CommonPasswordValidator"},
            {"NAME": f"{checks}NumericPasswordValidator"},
        ],
        "LOGIN_URL": "sign_in",
        "LOGIN_REDIRECT_URL": "home",
        "AXES_FAILURE_LIMIT": WRONG_PASSWORDS,
        "AXES_COOLOFF_TIME": timedelta(minutes=LOCKED_MINUTES),
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_USERNAME_FORM_FIELD": "login",
        "AXES_LOCKOUT_CALLABLE": "xiaoer.site.account.sign_in.locked_out",
        "AXES_VERBOSE": False,
    }  # fmt: skip


def _transport(site: Site) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "xiaoer_session",
        "SESSION_COOKIE_AGE": SESSION_HOURS * 3600,
        "SESSION_COOKIE_SECURE": site.encrypted,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "xiaoer_csrf",
        "CSRF_COOKIE_SECURE": site.encrypted,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_TRUSTED_ORIGINS": list(site.addresses),
        "CSRF_FAILURE_VIEW": "xiaoer.site.pages.errors.forged",
        "SECURE_HSTS_SECONDS": 365 * 86400 if site.encrypted else 0,
        "SECURE_SSL_REDIRECT": site.encrypted,
        "SECURE_REFERRER_POLICY": "same-origin",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_500_000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": MOST_PARTS,
        "FILE_UPLOAD_HANDLERS": ["xiaoer.site.imports.upload.ToDisk"],
    }


def _logging() -> dict[str, Any]:
    """Return the log: problems go to the error stream, with the path asked for and never what was sent."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stream"], "level": "WARNING"},
        "loggers": {"django": {"handlers": [], "level": "ERROR", "propagate": True},
                    "axes": {"level": "ERROR"}},
    }  # fmt: skip
