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

// The index has words as names of properties. Without those that every object inherits, "constructor" is a word like
// any other.
{
  const own = { __proto__: null, hasOwnProperty: Object.prototype.hasOwnProperty };
  const setIndex = Search.setIndex;
  Search.setIndex = (index) => {
    for (const words of [index.terms, index.titleterms]) Object.setPrototypeOf(words, own);
    setIndex(index);
  };
}
