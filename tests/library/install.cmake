# Installs the build into a prefix of its own, builds a program against what stands there, once by
# find_package and once by pkg-config, and compares what both say of a sample.
# Run as: cmake -DSOURCE=<source directory> -DBUILD=<build directory> -DGENERATOR=<of CMake>
#   -DCOMPILER=<c++> [-DFLAGS=<flags of compiler and linker>] -P install.cmake

set(WORK ${BUILD}/library-test)
set(PREFIX ${WORK}/prefix)
set(HERE ${SOURCE}/tests/library)
set(EXPECTED "forged 202.99.11.120 forged-tail\n")
separate_arguments(FLAG_LIST UNIX_COMMAND "${FLAGS}")
file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

function(check WHAT PROGRAM)
  execute_process(
    COMMAND ${PROGRAM} ${SOURCE}/samples/forged-tail.eml ${SOURCE}/samples/forged-tail.zone
    OUTPUT_VARIABLE told COMMAND_ERROR_IS_FATAL ANY)
  if(NOT told STREQUAL EXPECTED)
    message(FATAL_ERROR "${WHAT}: the program says '${told}', not '${EXPECTED}'")
  endif()
  message(STATUS "${WHAT}: ${told}")
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX})

foreach(file share/emltrace/report-1.schema.json share/emltrace/summary-1.schema.json
    share/emltrace/findings-1.schema.json share/man/man1/emltrace.1 share/man/man5/emltrace-json.5)
  if(NOT EXISTS ${PREFIX}/${file})
    message(FATAL_ERROR "${file} is not installed")
  endif()
endforeach()

run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${HERE} -B ${WORK}/package -DCMAKE_PREFIX_PATH=${PREFIX}
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${WORK}/package)
check("find_package" ${WORK}/package/program)

file(GLOB_RECURSE pc ${PREFIX}/emltrace.pc)
get_filename_component(pc_dir ${pc} DIRECTORY)
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${pc_dir} pkg-config --cflags --libs emltrace
  OUTPUT_VARIABLE arguments COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(arguments UNIX_COMMAND "${arguments}")
run(${COMPILER} -std=c++20 ${FLAG_LIST} ${HERE}/program.cpp ${arguments} -o ${WORK}/program)
check("pkg-config" ${WORK}/program)
