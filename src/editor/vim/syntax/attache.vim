" Rules of attache: blocks, their lines, and the patterns in them.
if exists('b:current_syntax')
  finish
endif

" A line of a block: its word, then words as they stand in texts.
syntax match attacheWord /^\s\+\(name\|alias\|demonym\|exact\|weak\|weak-demonym\|short\|default\|valid\|source\|code\|country\|agency\|kind\|parent\|title\|holder\|holders\|others\|rarest\|file\|strong\|support\|pair\|role\|map\|any\|all\|block\|needs\|language\|owner\|set\|stage\|resolve\|field\|nest\|over\|tier\|beats\|inside\|not-inside\|of\|form\|scope\|each\|words-per-mention\|distinct-triggers\|percent-of-best\|passing-times\|percent-once\)\>/
syntax match attacheDates /([0-9-]*\.\.[0-9-]*)/
syntax match attacheBar /|/

" A line that holds a pattern.
syntax region attachePattern matchgroup=attacheWord start=/^\s\+\(match\|preceded-by\|followed-by\|not-preceded-by\|not-followed-by\|lead\|item\|sep\|final\|child\|where\|unless\|make\)\>/ end=/$/ keepend contains=@attacheAtoms
syntax region attachePattern start=/^\s\+\.\.\s/ end=/$/ keepend contains=@attacheAtoms
syntax cluster attacheAtoms contains=attacheString,attacheExact,attacheRegex,attacheList,attacheLayer,attacheClass,attacheCapture,attacheGap,attacheTail,attacheCall
syntax match attacheCapture /\<[a-z][a-z0-9-]*:\@=/ contained
syntax match attacheCall /\<\(office\|antecedent\|only\|subject\|actors\|doc\|known\|holder\|ambiguous\|null\|not\|and\|or\|in\|on\)\>/ contained
syntax match attacheClass /\<\(any\|word\|ascii\|hyphen\|cap\|upper\|lower\|mixed\|initial\|num\|ordinal\|poss\|punct\|comma\|dash\|quote\|open\|close\|bos\|eos\|bop\|end\|headline\)\>/ contained
syntax match attacheGap /\.\.\s*[0-9]\+/ contained
syntax match attacheList /<[a-z][a-z0-9-]*>/ contained
syntax match attacheLayer /@\=\<[A-Z][A-Z0-9_]\+\>/ contained
syntax match attacheRegex /\/\(\\.\|[^\/\\]\)*\// contained
syntax match attacheString /"\(\\.\|[^"\\]\)*"/ contained
syntax match attacheExact /'\(\\.\|[^'\\]\)*'/ contained
syntax match attacheTail /\s\s#.*$/ contained

" The head of a block.
syntax match attacheHead /^\(\(add\|replace\|remove\)\s\+\)\=\(pack\|pipeline\|layer\|list\|phrase\|entry\|office\|rule\|expand\|alias\|topic\|genre\|view\|test\)\>.*$/ contains=attacheKeyword,@attacheAtoms
syntax match attacheKeyword /^\(\(add\|replace\|remove\)\s\+\)\=\(pack\|pipeline\|layer\|list\|phrase\|entry\|office\|rule\|expand\|alias\|topic\|genre\|view\|test\)\>/ contained

" What a test reads, and what must and must not come out of it.
syntax match attacheText /^\s\+[|:]\s.*$/
syntax region attacheWanted matchgroup=attacheWants start=/^\s\+\(=\|==\|\~\)\s/ end=/$/ keepend contains=attacheString,attacheLayer
syntax region attacheUnwanted matchgroup=attacheRefuses start=/^\s\+!\s/ end=/$/ keepend contains=attacheString,attacheLayer

syntax match attacheNote /^\s\+note\>.*$/
syntax match attacheComment /^\s*#.*$/
syntax match attacheComment /\s\s#.*$/

highlight default link attacheKeyword Keyword
highlight default link attacheWord Statement
highlight default link attacheDates Number
highlight default link attacheBar Delimiter
highlight default link attacheCapture Identifier
highlight default link attacheCall Function
highlight default link attacheClass Type
highlight default link attacheGap Number
highlight default link attacheList Include
highlight default link attacheLayer Structure
highlight default link attacheRegex Special
highlight default link attacheString String
highlight default link attacheExact Character
highlight default link attacheText Normal
highlight default link attacheWants DiffAdd
highlight default link attacheRefuses DiffDelete
highlight default link attacheNote Comment
highlight default link attacheTail Comment
highlight default link attacheComment Comment

let b:current_syntax = 'attache'
