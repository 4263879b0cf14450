"""Prefect's settings for a round on one machine; set before Prefect is imported, since it reads them then."""

from __future__ import annotations

import os
from pathlib import Path

_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}
_EMBEDDED = {
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_UI_ENABLED": "false",
    # Nothing of one round needs the services that look after deployments, schedules and lost runs.
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
}

_SERVED = {
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_UI_API_URL": "/api",  # whatever name the page was opened under
}


def settle() -> bool:
    """Set what Prefect needs to stay quiet and local; gives whether the user named a server (PREFECT_API_URL).

    What the user has set stays, except telemetry, which is always off.
    """
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    for name, value in _ALWAYS.items():
        os.environ.setdefault(name, value)
    return bool(os.environ.get("PREFECT_API_URL"))


def settle_embedded(home: Path, secret: str) -> None:
    """Set what the embedded server and its client share: files in `home`, and a secret that others do not know."""
    _share(home, secret)
    for name, value in _EMBEDDED.items():
        os.environ.setdefault(name, value)


def settle_served(home: Path, secret: str, address: str) -> None:
    """Set what a bureau's own server and its worker share: files in `home`, the secret, the address of the server."""
    _share(home, secret)
    os.environ["PREFECT_API_URL"] = f"{address}/api"
    os.environ["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] = address
    os.environ["PREFECT_UI_STATIC_DIRECTORY"] = str(home.resolve() / "ui")
    for name, value in _SERVED.items():
        os.environ.setdefault(name, value)


def _share(home: Path, secret: str) -> None:
    os.environ["PREFECT_HOME"] = str(home.resolve())
    for name in ("PREFECT_SERVER_API_AUTH_STRING", "PREFECT_API_AUTH_STRING"):
        os.environ[name] = secret
    for name in ("NO_PROXY", "no_proxy"):  # this machine is never behind a proxy
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1"]))
