# cmake -DCOMMAND=... -DREADELF=... -P hardening.cmake: the command is a position-independent program
# whose tables are read-only once it runs, with a stack that cannot be executed.

execute_process(COMMAND ${READELF} -hldW ${COMMAND} OUTPUT_VARIABLE told COMMAND_ERROR_IS_FATAL ANY)

function(expect PATTERN WHAT)
  if(NOT told MATCHES "${PATTERN}")
    message(SEND_ERROR "${COMMAND}: ${WHAT}")
  endif()
endfunction()

expect("Type: +DYN" "is no position-independent program")
expect("GNU_RELRO" "has no read-only relocations")
expect("BIND_NOW|FLAGS_1\\) +Flags: [^\n]*NOW" "binds its symbols late")
if(NOT told MATCHES "GNU_STACK +[^\n]* RW " )
  message(SEND_ERROR "${COMMAND}: its stack can be executed")
endif()
