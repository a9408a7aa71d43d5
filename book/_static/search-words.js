// What Sphinx's search says, in the book's words. It has no categories to select, and a page is a page.
{
  const words = document.getElementById("search-results").dataset;
  Object.assign(Documentation.TRANSLATIONS, {
    "Preparing search...": words.preparing,
    Searching: words.searching,
    "Search Results": words.title,
    "Search finished, found ${resultCount} page(s) matching the search query.": words.found,
    ["Your search did not match any documents. Please make sure that all words are spelled correctly and that " +
    "you've selected enough categories."]: words.none,
  });
}
