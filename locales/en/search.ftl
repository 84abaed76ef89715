search-label = Search people, tags and captions
search-placeholder = People, tags, captions
