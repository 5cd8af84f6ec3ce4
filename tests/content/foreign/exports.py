"""Exports of other systems, small and with one of most things in them."""

WORDPRESS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Gamla nätverket</title><link>https://gamla.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://gamla.example</wp:base_blog_url>
<wp:author><wp:author_login>anna</wp:author_login>
 <wp:author_email>anna@example.se</wp:author_email>
 <wp:author_display_name><![CDATA[Anna Ek]]></wp:author_display_name></wp:author>
{items}
</channel></rss>
"""
ITEM = """\
<item><title>{title}</title><link>{link}</link><dc:creator>anna</dc:creator>
<guid isPermaLink="false">{guid}</guid><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>2019-03-04 09:30:00</wp:post_date><wp:post_date_gmt>{gmt}</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>
<wp:post_parent>0</wp:post_parent>{more}</item>
"""
USUAL = {
    "title": "Vi har öppnat",
    "link": "https://gamla.example/2019/03/vi-har-oppnat/",
    "guid": "https://gamla.example/?p=12",
    "content": "Välkommen!",
    "excerpt": "",
    "number": "12",
    "gmt": "2019-03-04 08:30:00",
    "slug": "vi-har-oppnat",
    "status": "publish",
    "kind": "post",
    "password": "",
    "more": "",
}


def item(**other: str) -> str:
    """One item of an export."""
    return ITEM.format(**{**USUAL, **other})


def wordpress(*items: str) -> bytes:
    """An export with these items."""
    return WORDPRESS.format(items="\n".join(items)).encode()
