import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from tessera.errors import ConfigurationError
from tessera.runtime import SystemRandomness
from tessera.settings import Secret, Settings, load, missing_secrets, write_generated_secrets

SECRETS = {
    "APP_KEYS": "first,second",
    "API_TOKEN_SALT": "salt",
    "ADMIN_JWT_SECRET": "signing",
    "TRANSFER_TOKEN_SALT": "transfer",
    "JWT_SECRET": "users",
    "ENCRYPTION_KEY": "encryption",
}
CONFORMANCE = Path(__file__).parents[2] / "conformance" / "project"


def read(folder: Path, files: Mapping[str, str], environment: Mapping[str, str] = SECRETS) -> Settings:
    """Read the settings of a folder with these configuration files."""
    (folder / "config").mkdir()
    for name, content in files.items():
        (folder / "config" / f"{name}.toml").write_text(content)
    return load(folder, environment, "production")


def problems_of(folder: Path, files: Mapping[str, str], environment: Mapping[str, str] = SECRETS) -> list[str]:
    """Return what is wrong with these configuration files, all of which the message says too."""
    with pytest.raises(ConfigurationError) as caught:
        read(folder, files, environment)
    found: list[str] = caught.value.details["problems"]
    assert all(problem in caught.value.message for problem in found)
    return found


def test_an_empty_folder_needs_only_its_secrets(tmp_path: Path) -> None:
    """
    Without any configuration file, everything but the secrets is what the reference has by default.
    """
    settings = load(tmp_path, SECRETS, "production")

    assert 1337 == settings.server.port
    assert tmp_path / ".tmp/data.db" == settings.database.filename
    assert (25, 100, True) == (settings.api.default_limit, settings.api.max_limit, settings.api.with_count)
    assert (30 * 60, 7200, 2_592_000, 1_209_600, 2_592_000) == (
        settings.admin.sessions.access,
        settings.admin.sessions.idle_session,
        settings.admin.sessions.max_session,
        settings.admin.sessions.idle_refresh,
        settings.admin.sessions.max_refresh,
    )
    assert [Secret("first"), Secret("second")] == list(settings.server.keys)
    assert not settings.develop


def test_the_project_of_the_conformance_suite_is_read() -> None:
    """
    The project that the recordings were made with starts as it is, with the MCP server on.
    """
    settings = load(CONFORMANCE, {**SECRETS, "HOST": "127.0.0.1", "PORT": "4000"}, "production")

    assert settings.server.mcp.enabled
    assert ("127.0.0.1", 4000) == (settings.server.host, settings.server.port)
    assert "http://127.0.0.1:4000" == settings.url


def test_files_overrule_variables_and_variables_overrule_env_files(tmp_path: Path) -> None:
    """
    A value of a file counts most, then the process's variables, then those of `.env`.
    """
    (tmp_path / ".env").write_text('HOST="from.env"\nPORT=1\nDATABASE_FILENAME=from-env.db\n')
    settings = read(tmp_path, {"server": 'host = "from.toml"'}, {**SECRETS, "PORT": "2"})

    assert ("from.toml", 2) == (settings.server.host, settings.server.port)
    assert tmp_path / "from-env.db" == settings.database.filename


def test_the_keys_of_the_reference_are_read(tmp_path: Path) -> None:
    """
    Sections and keys are spelt as in the reference's configuration files.
    """
    settings = read(
        tmp_path,
        {
            "admin": """
                [auth]
                secret = "${MY_SECRET}"
                options = { expiresIn = "7d" }
                sessions = { accessTokenLifespan = 60, idleSessionLifespan = "1h" }
                cookie = { secure = true, sameSite = "strict" }
                [apiToken]
                salt = "of the file"
                secrets = { encryptionKey = "of the tokens" }
                [rateLimit]
                interval = { min = 1 }
                max = 9
                """,
            "server": """
                url = "https://example.com/"
                proxy = { koa = true, maxIpsCount = 2, networks = ["10.0.0.0/8"] }
                app = { keys = "${APP_KEYS}" }
                limits = { body = "2mb", jsonDepth = 20 }
                """,
            "database": '[connection]\nclient = "sqlite"\nconnection = { filename = "x.db" }\nuseNullAsDefault = true',
            "api": 'rest = { maxLimit = -1, prefix = "/content" }\nresponses = { privateAttributes = ["createdAt"] }',
            "middlewares": 'middlewares = ["strapi::errors", { name = "strapi::cors", config = { origin = "a,b" } }]',
            "plugins": '[users-permissions.config]\njwtSecret = "of the plugin"\nratelimit = { max = 3 }',
        },
        {**SECRETS, "MY_SECRET": "mine"},
    )

    assert Secret("mine") == settings.admin.auth_secret
    assert Secret("of the file") == settings.admin.api_token_salt
    assert Secret("of the tokens") == settings.admin.encryption_key
    assert (60, 3600, 604_800) == (
        settings.admin.sessions.access,
        settings.admin.sessions.idle_session,
        settings.admin.sessions.max_session,
    )
    assert (True, "strict") == (settings.admin.cookie.secure, settings.admin.cookie.same_site)
    assert (60_000, 9) == (settings.admin.rate_limit.interval, settings.admin.rate_limit.attempts)
    assert (2, "10.0.0.0/8") == (settings.server.proxy.hops, str(settings.server.proxy.networks[0]))
    assert (2 * 1024 * 1024, 20) == (settings.server.limits.body, settings.server.limits.json_depth)
    assert tmp_path / "x.db" == settings.database.filename
    assert (None, "/content", ("createdAt",)) == (
        settings.api.max_limit,
        settings.api.prefix,
        settings.api.private_attributes,
    )
    assert ("a", "b") == settings.middlewares.cors.origins
    assert Secret("of the plugin") == settings.plugins.end_users.jwt_secret
    assert 3 == settings.plugins.end_users.attempts
    assert ("config/database.toml: connection.useNullAsDefault has no effect",) == settings.notes


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    """
    Unknown keys, wrong values, unset variables and files that are no TOML are all named, with file and key.
    """
    problems = problems_of(
        tmp_path,
        {
            "admin": 'tokens = 1\n[auth]\nsecret = 7\n[auth.options]\nalgorithm = "none"\n[auth.cookie]\npath = "a;b"',
            "api": "[rest]\ndefaultLimit = 0\nmaxlimit = 5",
            "database": "[connection\n",
            "middlewares": 'middlewares = ["global::mine"]',
            "plugins": "[graphql]\nenabled = true",
            "server": 'host = "${NOWHERE}"\nport = "high"\nmcp = 3',
        },
    )

    assert {
        "config/admin.toml: auth.options.algorithm must be one of HS256, HS384, HS512, got 'none'",
        "config/admin.toml: auth.cookie.path cannot stand in a cookie: 'a;b'",
        "config/admin.toml: tokens is not a setting",
        "config/api.toml: rest.defaultLimit must be 1 or more, got 0",
        "config/api.toml: rest.maxlimit is not a setting",
        "config/middlewares.toml: middlewares names no middleware that is built in: 'global::mine'",
        "config/plugins.toml: graphql is not a setting",
        "config/server.toml: host the environment variable NOWHERE is not set",
        "config/server.toml: port expected a whole number, got 'high'",
        "config/server.toml: mcp expected a table, got 3",
    } <= set(problems)
    assert any(problem.startswith("config/database.toml: ") and "line 1" in problem for problem in problems)


def test_f66_a_file_of_settings_that_nobody_reads_is_named(tmp_path: Path) -> None:
    """
    A misspelt file would leave its settings unset without a word.
    """
    problems = problems_of(tmp_path, {"servr": "port = 1", "mystery": "", "server": ""})

    assert {
        "config/mystery.toml is no file of settings; there are admin, api, database, middlewares, plugins, server",
        "config/servr.toml is no file of settings; did you mean server.toml?",
    } <= set(problems)


@pytest.mark.parametrize("name", [name for name in SECRETS if name != "ENCRYPTION_KEY"])
def test_f52_a_missing_secret_stops_the_start(tmp_path: Path, name: str) -> None:
    """
    In production no secret is made up: the start stops and names the variable.
    """
    environment = {key: value for key, value in SECRETS.items() if key != name}
    problems = problems_of(tmp_path, {}, environment)

    assert 1 == len(problems)
    assert f"set the environment variable {name}" in problems[0]


def test_f52_every_missing_secret_is_named(tmp_path: Path) -> None:
    """
    A folder without secrets is told all names at once, also those that its own files chose.
    """
    problems = problems_of(tmp_path, {"admin": 'auth = { secret = "${MY_SECRET}" }'}, {})

    assert ["API_TOKEN_SALT", "APP_KEYS", "JWT_SECRET", "MY_SECRET", "TRANSFER_TOKEN_SALT"] == sorted(
        (problem.split("environment variable ")[1].split(",")[0] for problem in problems),
    )


def test_secrets_are_generated_for_a_project_that_is_worked_on(tmp_path: Path) -> None:
    """
    Missing secrets are appended to `.env`, which nobody else may read, and what stands there stays.
    """
    (tmp_path / ".env").write_text("JWT_SECRET=kept")
    names = missing_secrets(tmp_path, {"APP_KEYS": "a", "JWT_SECRET": ""})
    written = write_generated_secrets(tmp_path, names, SystemRandomness())
    settings = load(tmp_path, {"APP_KEYS": "a"}, "develop")

    assert ["ADMIN_JWT_SECRET", "API_TOKEN_SALT", "ENCRYPTION_KEY", "TRANSFER_TOKEN_SALT"] == sorted(written)
    assert Secret("kept") == settings.plugins.end_users.jwt_secret
    assert 43 == len(settings.admin.auth_secret.reveal())
    assert () == missing_secrets(tmp_path, {"APP_KEYS": "a"})


def test_a_new_env_file_is_its_owners_alone(tmp_path: Path) -> None:
    """
    The file with the secrets is readable by its owner only.
    """
    write_generated_secrets(tmp_path, ["APP_KEYS"], SystemRandomness())

    assert 0o600 == stat.S_IMODE((tmp_path / ".env").stat().st_mode)
    assert 2 == len(load(tmp_path, {**SECRETS, "APP_KEYS": ""}, "production").server.keys)
