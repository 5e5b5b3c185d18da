"""A short way to render a template."""

from mockpin_transformer.mappings.liquid.environment import make_environment

ENVIRONMENT = make_environment()


def render(template, **event):
    """What the template makes of the event."""
    return ENVIRONMENT.from_string(template).render(event)
