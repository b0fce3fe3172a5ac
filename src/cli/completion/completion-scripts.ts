export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * What a shell reads once. Each asks `watertight complete -- WORDS…`, with the words as they are: nothing that is typed is
 * ever evaluated. A line of the answer is a word, perhaps with a tab and what it means; `:files` and `:folders` stand for
 * the shell's own.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  // Readline breaks words at = and :, so these are put together again.
  bash: `# bash completion for watertight
_watertight() {
  local i word line glue= prefix= cur=
  local -a typed=()
  COMPREPLY=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ ( $word == [=:] || -n $glue ) && \${#typed[@]} -gt 0 ]]; then
      typed[\${#typed[@]}-1]+=$word
      if [[ $word == [=:] ]]; then glue=1; else glue=; fi
    else
      typed+=("$word")
    fi
  done
  cur=\${typed[\${#typed[@]}-1]}
  if [[ $cur == *[=:]* ]]; then prefix=\${cur%"\${cur##*[=:]}"}; fi
  while IFS= read -r line; do
    case $line in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        local kind=-f
        if [[ $line == :folders ]]; then kind=-d; fi
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen $kind -- "\${cur#"$prefix"}")
        ;;
      *)
        line=\${line%%$'\\t'*}
        COMPREPLY+=("\${line#"$prefix"}")
        if [[ $line == *[=:] ]]; then compopt -o nospace 2>/dev/null; fi
        ;;
    esac
  done < <(watertight complete -- "\${typed[@]}" 2>/dev/null)
}
complete -F _watertight watertight
`,
  zsh: `#compdef watertight
_watertight() {
  local line
  local -a told plain
  for line in "\${(@f)$(watertight complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :files) _files ;;
      :folders) _files -/ ;;
      *$'\\t'*) told+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
      ?*) plain+=("$line") ;;
    esac
  done
  (( $#told )) && _describe watertight told
  (( $#plain )) && compadd -- "\${plain[@]}"
}
if [[ \${funcstack[1]} == _watertight ]]; then
  _watertight "$@"
else
  compdef _watertight watertight
fi
`,
  fish: `# fish completion for watertight
function __watertight_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in (watertight complete -- $before[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current"
            case '*'
                echo $line
        end
    end
end
complete --command watertight --no-files --arguments '(__watertight_complete)'
`,
};
