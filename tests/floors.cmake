# Fails where a file includes a floor above its own, or a library outside its place.
# Run as: cmake -DROOT=<source directory> -P floors.cmake

set(FLOORS base message dns auth trace report cli)

# Library: pattern of its includes | where it may stand (a pattern of paths under ROOT)
set(PLACES
  "ldns/|^src/dns/wire\\.cpp$"
  "openssl/|^src/base/crypto\\.cpp$"
  "idn2|^src/base/domain\\.cpp$"
  "libpsl|^src/auth/org_domain\\.cpp$"
  "asio|^src/dns/"
  "nlohmann/|^src/(report/|dns/tape\\.cpp$)"
  "CLI/|^src/cli/")

set(FAULTS "")
set(CLI11_FILES "")
file(GLOB_RECURSE FILES RELATIVE ${ROOT}
  ${ROOT}/src/*.cpp ${ROOT}/src/*.hpp ${ROOT}/include/emltrace/*.hpp)
list(LENGTH FILES COUNT)
if(COUNT EQUAL 0)
  message(FATAL_ERROR "no source files under '${ROOT}'")
endif()

foreach(file IN LISTS FILES)
  string(REGEX REPLACE "^(src|include/emltrace)/([a-z]+)/.*" "\\2" own "${file}")
  list(FIND FLOORS "${own}" own_level)
  if(own_level EQUAL -1)
    list(APPEND FAULTS "${file}: stands on no floor")
    continue()
  endif()
  file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include")
  foreach(line IN LISTS includes)
    string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]*)[>\"].*" "\\1" target "${line}")
    if(target MATCHES "^(emltrace/)?([a-z]+)/[a-z0-9_]+\\.hpp$")
      list(FIND FLOORS "${CMAKE_MATCH_2}" level)
      if(level GREATER own_level)
        list(APPEND FAULTS "${file}: includes ${target}, a floor above")
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
    if(target MATCHES "^CLI/")
      list(APPEND CLI11_FILES ${file})
    endif()
  endforeach()
endforeach()

# CLI11 costs seconds to compile: one file pays.
list(REMOVE_DUPLICATES CLI11_FILES)
list(LENGTH CLI11_FILES CLI11_COUNT)
if(CLI11_COUNT GREATER 1)
  list(APPEND FAULTS "more than one file includes CLI11: ${CLI11_FILES}")
endif()

if(FAULTS)
  list(JOIN FAULTS "\n  " text)
  message(FATAL_ERROR "floors are broken:\n  ${text}")
endif()
message(STATUS "${COUNT} files keep to their floors")
