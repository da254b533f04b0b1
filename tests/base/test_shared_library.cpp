#include "base/shared_library.hpp"
#include "support/catch.hpp"

using emltrace::SharedLibrary;

// A library that every program here has in memory anyway.
TEST_CASE("A function of a shared library is found and can be called") {
  SharedLibrary library("libc.so.6");
  int (*absolute)(int) = nullptr;
  library.find("abs", absolute);
  REQUIRE(absolute != nullptr);
  CHECK(absolute(-7) == 7);
  CHECK_FALSE(library.problem());
}

TEST_CASE("The first function that a shared library lacks is told") {
  SharedLibrary library("libc.so.6");
  int (*function)(int) = nullptr;
  library.find("no_such_function", function);
  CHECK(function == nullptr);
  library.find("nor_this_one", function);
  library.find("abs", function);
  CHECK(function != nullptr);
  CHECK(library.problem() == "needs libc.so.6 to be opened, which lacks no_such_function");
}

TEST_CASE("A shared library that is not installed is told, whatever it was asked for") {
  SharedLibrary library("libnowhere.so.1");
  int (*function)(int) = nullptr;
  library.find("abs", function);
  CHECK(function == nullptr);
  CHECK(library.problem() == "needs libnowhere.so.1 to be opened, which cannot be loaded");
}
