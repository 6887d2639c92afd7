"""What citizens call services and categories, as the portal has it."""

from __future__ import annotations

from kumpel.quality.page import Names


def read_names() -> Names:
    """Reads the names of the embedded portal."""
    from portal.city_page.texts import category_name, texts_for
    from portal.seed_reader import read_seed

    services = sorted(read_seed().services, key=lambda each: each.slug)
    german = texts_for("de")
    categories = sorted({each.category for each in services})
    return Names(
        services={each.slug: each.short_name or each.name for each in services},
        category_of={each.slug: each.category for each in services},
        categories={key: category_name(key, german) for key in categories},
    )
