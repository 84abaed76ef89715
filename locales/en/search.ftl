search-label = Search people, tags and captions
search-placeholder = People, tags, captions
search-empty-title = What are you looking for?
search-empty-body = Names of people, tags, or words from captions. The beginning of a word is enough.
search-nothing-title = Nothing found
search-nothing-body = No name, tag or caption has a word that begins with “{ $q }”.
search-found = { $count ->
    [one] 1 result
   *[other] { $count } results
}
search-people = People
search-tags = Tags
search-posts = Posts
