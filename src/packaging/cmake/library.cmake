# The library as other programs find it: header, archive, a CMake package and a pkg-config file.

include(CMakePackageConfigHelpers)

set(EMLTRACE_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/emltrace)

install(TARGETS emltrace EXPORT emltrace-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/emltrace/emltrace.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/emltrace)
install(EXPORT emltrace-targets NAMESPACE emltrace:: DESTINATION ${EMLTRACE_CMAKE_DIR})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/emltrace-config.cmake.in
  ${PROJECT_BINARY_DIR}/emltrace-config.cmake INSTALL_DESTINATION ${EMLTRACE_CMAKE_DIR})
# Before 1.0 each minor version may break what the one before promised.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/emltrace-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/emltrace-config.cmake
  ${PROJECT_BINARY_DIR}/emltrace-config-version.cmake
  DESTINATION ${EMLTRACE_CMAKE_DIR})

# Relative to the file itself: `cmake --install --prefix` may put all of it elsewhere.
file(RELATIVE_PATH EMLTRACE_PC_UP
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/emltrace.pc.in ${PROJECT_BINARY_DIR}/emltrace.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/emltrace.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
