"""`python -m tests.docs.generate` writes anew what the documentation takes from the code."""

from __future__ import annotations

from tests.docs.generated import pages, written

if __name__ == "__main__":
    for page in pages():
        text = page.read_text("utf-8")
        if (now := written(text)) != text:
            page.write_text(now, "utf-8")
