# What the build makes of the table of JSON fields: schemas for scripts, and their manual page.

add_executable(write-schema src/packaging/write_schema.cpp)
target_link_libraries(write-schema PRIVATE emltrace_flags emltrace::emltrace)

set(EMLTRACE_SCHEMAS ${PROJECT_BINARY_DIR}/schema)
# emltrace_written(FILE ARGUMENT...): FILE is what write-schema prints.
function(emltrace_written FILE)
  add_custom_command(OUTPUT ${EMLTRACE_SCHEMAS}/${FILE}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${EMLTRACE_SCHEMAS}
    COMMAND write-schema ${ARGN} > ${EMLTRACE_SCHEMAS}/${FILE}
    DEPENDS write-schema ${PROJECT_SOURCE_DIR}/man/emltrace-json.5.in VERBATIM)
endfunction()
emltrace_written(report-1.schema.json report)
emltrace_written(summary-1.schema.json summary)
emltrace_written(findings-1.schema.json findings)
emltrace_written(emltrace-json.5 manual ${PROJECT_SOURCE_DIR}/man/emltrace-json.5.in)

set(SCHEMA_FILES ${EMLTRACE_SCHEMAS}/report-1.schema.json
  ${EMLTRACE_SCHEMAS}/summary-1.schema.json ${EMLTRACE_SCHEMAS}/findings-1.schema.json)
add_custom_target(schema ALL DEPENDS ${SCHEMA_FILES} ${EMLTRACE_SCHEMAS}/emltrace-json.5)

install(FILES ${SCHEMA_FILES} DESTINATION ${CMAKE_INSTALL_DATADIR}/emltrace)
install(FILES ${EMLTRACE_SCHEMAS}/emltrace-json.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
