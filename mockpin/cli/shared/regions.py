"""The option `--region`: whose phone numbers those without a country code are."""

import click


def check_region(_ctx: click.Context, _param: click.Parameter, region: str | None) -> str | None:
    """The region in capitals, once it is known that its phone numbers can be read."""
    from mockpin_transformer import RegionUnavailable
    from mockpin_transformer.match_keys.normalization import column

    region = region and region.upper()
    try:
        column("documented", region)
    except RegionUnavailable as error:
        raise click.BadParameter(str(error)) from error
    return region


region_option = click.option(
    "--region",
    metavar="CC",
    callback=check_region,
    help="The country of phone numbers without a country code, such as US.",
)
