# The completion that each shell loads by itself, printed by the command as it was built.

set(EMLTRACE_COMPLETIONS)
foreach(shell IN ITEMS bash zsh fish)
  set(file ${PROJECT_BINARY_DIR}/completion/emltrace.${shell})
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/completion
    COMMAND emltrace-command --completion ${shell} > ${file}
    DEPENDS emltrace-command VERBATIM)
  list(APPEND EMLTRACE_COMPLETIONS ${file})
endforeach()
add_custom_target(emltrace-completion ALL DEPENDS ${EMLTRACE_COMPLETIONS})

install(FILES ${PROJECT_BINARY_DIR}/completion/emltrace.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME emltrace)
install(FILES ${PROJECT_BINARY_DIR}/completion/emltrace.zsh
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _emltrace)
install(FILES ${PROJECT_BINARY_DIR}/completion/emltrace.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
