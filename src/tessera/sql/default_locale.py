"""The default locale: where it is kept, and how a statement looks for it itself."""

from __future__ import annotations

from typing import Final

from tessera.sql.dialects.dialect import Dialect

DEFAULT_KEY: Final = "plugin_i18n_default_locale"  # in the settings table, as JSON
LOCALES: Final = "plugin::i18n.locale"  # the content type whose version says that another locale is the default
USUAL: Final = "en"


def or_default(dialect: Dialect, locale: str) -> str:
    """Return a locale, or the default one where it is null."""
    kept = f"SELECT {dialect.json_text('value')} FROM strapi_core_store_settings WHERE key = '{DEFAULT_KEY}' LIMIT 1"
    return f"coalesce({locale}, ({kept}), '{USUAL}')"
