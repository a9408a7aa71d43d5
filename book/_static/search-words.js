// What Sphinx's search says, in the book's words. It has no categories to select, and a page is a page.
Object.assign(Documentation.TRANSLATIONS, {
  "Search Results": "Pages found",
  ["Your search did not match any documents. Please make sure that all words are spelled correctly and that " +
  "you've selected enough categories."]:
    "No page holds all of these words. Check the spelling, or try fewer words.",
});
