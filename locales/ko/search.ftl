search-label = 사람, 태그, 글 검색
search-placeholder = 사람, 태그, 글
