" Other programs have files of that name too (udev, snort): ours has a block's head near its top.
function! s:IsAttache()
  let l:heads = '^\(\(add\|replace\|remove\) \+\)\=\(pack\|list\|phrase\|entry\|office\|rule\|expand\|alias\|topic\|genre\|view\|test\|layer\) \+\S\|^pipeline$'
  for l:line in getline(1, 100)
    if l:line =~# l:heads
      return 1
    endif
  endfor
  return 0
endfunction

autocmd BufRead,BufNewFile *.rules if s:IsAttache() | set filetype=attache | endif
