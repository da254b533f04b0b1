# Fails where a file includes a floor or a wing above its own, or a library outside its place.
# Run as: cmake -DROOT=<source directory> -P floors.cmake

set(FLOORS base message dns intake auth trace report cli packaging)

# The wings of each floor, lowest first; `.` are the files that stand in the floor's own folder.
set(WINGS_base .)
set(WINGS_message . body received results)
set(WINGS_dns .)
set(WINGS_intake mend container inside .)
set(WINGS_auth . spf dkim arc dkim2 dmarc)
set(WINGS_trace finding clock route author .)
set(WINGS_report . text html json exchange summary library)
set(WINGS_cli .)
set(WINGS_packaging .)  # what the build alone runs

# Library: pattern of its includes | where it may stand (a pattern of paths under ROOT)
set(PLACES
  "ldns/|^src/dns/wire\\.cpp$"
  "openssl/|^src/base/crypto\\.cpp$"
  "idn2|^src/base/domain\\.cpp$"
  "uni(case|ctype|norm)\\.h|^src/base/unicode\\.cpp$"
  "libpsl|^src/auth/dmarc/org_domain\\.cpp$"
  "gsf/|^src/intake/inside/compound_file\\.cpp$"
  "asio|^src/dns/"
  "maxminddb|^src/trace/route/network_file\\.cpp$"
  "archive(_entry)?\\.h|^src/intake/container/archive_library\\.hpp$"
  "nlohmann/|^src/(base/json_tree|dns/tape_line|report/json/pointer)\\.cpp$"
  "toml\\+\\+/|^src/cli/config\\.cpp$"
  "CLI/|^src/cli/command_line\\.cpp$")

# level_of(PATH FLOOR_OUT WING_OUT): of `FLOOR/x.hpp` or `FLOOR/WING/x.hpp`; -1 where it has none.
function(level_of PATH FLOOR_OUT WING_OUT)
  string(REGEX MATCH "^([a-z0-9]+)/(([a-z0-9]+)/)?[a-z0-9_]+\\.[ch]pp$" whole "${PATH}")
  set(floor "${CMAKE_MATCH_1}")
  set(wing "${CMAKE_MATCH_3}")
  if(wing STREQUAL "")
    set(wing .)
  endif()
  list(FIND FLOORS "${floor}" floor_level)
  list(FIND WINGS_${floor} "${wing}" wing_level)
  set(${FLOOR_OUT} ${floor_level} PARENT_SCOPE)
  set(${WING_OUT} ${wing_level} PARENT_SCOPE)
endfunction()

set(FAULTS "")
set(ARROWS 0)
file(GLOB_RECURSE FILES RELATIVE ${ROOT} ${ROOT}/src/*.cpp ${ROOT}/src/*.hpp)
list(LENGTH FILES COUNT)
if(COUNT EQUAL 0)
  message(FATAL_ERROR "no source files under '${ROOT}'")
endif()

foreach(file IN LISTS FILES)
  string(REGEX REPLACE "^src/" "" own "${file}")
  level_of("${own}" own_floor own_wing)
  if(own_floor EQUAL -1 OR own_wing EQUAL -1)
    list(APPEND FAULTS "${file}: stands on no floor or in no wing")
    continue()
  endif()
  file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include")
  foreach(line IN LISTS includes)
    string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]*)[>\"].*" "\\1" target "${line}")
    if(line MATCHES "\"" AND NOT target MATCHES "^emltrace/")
      level_of("${target}" floor wing)
      math(EXPR ARROWS "${ARROWS} + 1")
      if(floor EQUAL -1 OR wing EQUAL -1)
        list(APPEND FAULTS "${file}: includes ${target}, which names no floor and wing")
      elseif(floor GREATER own_floor)
        list(APPEND FAULTS "${file}: includes ${target}, a floor above")
      elseif(floor EQUAL own_floor AND wing GREATER own_wing)
        list(APPEND FAULTS "${file}: includes ${target}, a wing above")
      endif()
    endif()
    foreach(place IN LISTS PLACES)
      string(REPLACE "|^" ";^" parts "${place}")
      list(GET parts 0 library)
      list(GET parts 1 allowed)
      if(target MATCHES "^${library}" AND NOT file MATCHES "${allowed}")
        list(APPEND FAULTS "${file}: includes ${target}, which has its place elsewhere")
      endif()
    endforeach()
  endforeach()
endforeach()

if(FAULTS)
  list(JOIN FAULTS "\n  " text)
  message(FATAL_ERROR "floors are broken:\n  ${text}")
endif()
message(STATUS "${COUNT} files, ${ARROWS} includes: floors and wings hold")
