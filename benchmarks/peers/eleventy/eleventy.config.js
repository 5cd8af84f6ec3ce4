// Post pages with neighbours, numbered lists, tags, RSS and a sitemap.
const PER_PAGE = 20;

module.exports = function (config) {
  const newestFirst = (api) => api.getFilteredByGlob("content/nyheter/*.md").reverse();

  config.addCollection("nyheter", newestFirst);
  config.addCollection("tagPages", (api) => {
    const tags = new Map();
    for (const post of newestFirst(api)) {
      for (const tag of post.data.tags) {
        if (!tags.has(tag)) tags.set(tag, []);
        tags.get(tag).push(post);
      }
    }
    return [...tags].flatMap(([tag, posts]) =>
      Array.from({ length: Math.ceil(posts.length / PER_PAGE) }, (_, page) => ({
        tag,
        page,
        last: (page + 1) * PER_PAGE >= posts.length,
        posts: posts.slice(page * PER_PAGE, (page + 1) * PER_PAGE),
      })),
    );
  });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("newest", (posts, count) => posts.slice(0, count));
  return { dir: { input: "content", includes: "../_includes", output: "public" } };
};
