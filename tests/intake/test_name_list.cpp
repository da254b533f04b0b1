#include <fcntl.h>

#include <string>
#include <vector>

#include "intake/name_list.hpp"
#include "intake/reader.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace emltrace;
using namespace std::string_literals;
using intake::NameList;
using test::Folder;
using Strings = std::vector<std::string>;

namespace {

// Names as they are; errors behind "! ".
Strings names_in(const std::string& bytes, bool null_separated = false) {
  const Folder folder;
  NameList list(Descriptor(::open(folder.write("list", bytes).c_str(), O_RDONLY | O_CLOEXEC)),
                null_separated);
  Strings names;
  while (auto name = list.next()) names.push_back(*name ? **name : "! " + name->error());
  return names;
}

}  // namespace

TEST_CASE("a list gives one name a line, the last one without a line end too, empty lines none") {
  CHECK(names_in("a\n\nb c\n\n-d\n--e") == Strings{"a", "b c", "-d", "--e"});
  CHECK(names_in("") == Strings{});
  CHECK(names_in("\n\n") == Strings{});
}

TEST_CASE("a list whose names end with NUL may hold line ends in them") {
  CHECK(names_in("a\nb\0\0c\r\0"s, true) == Strings{"a\nb", "c\r"});
}

TEST_CASE("a NUL in a list of lines ends it with one line that names -0") {
  const auto names = names_in("a\0b\0"s);
  REQUIRE(names.size() == 1);
  CHECK(names[0] == "! holds a NUL, which no name does: say -0 if its names end with NUL");
  const auto later = names_in("first\na\0b\nc\n"s);
  REQUIRE(later.size() == 2);
  CHECK(later[0] == "first");
  CHECK(later[1].starts_with("! holds a NUL"));
}

TEST_CASE("a list from Windows: CR before LF and a byte order mark are of no name") {
  CHECK(names_in("\xEF\xBB\xBFone.eml\r\n\r\ntwo.eml\r\n") == Strings{"one.eml", "two.eml"});
  CHECK(names_in("one.eml\n\xEF\xBB\xBFtwo.eml\n") == Strings{"one.eml", "\xEF\xBB\xBFtwo.eml"});
}

TEST_CASE("a CR at the end of a name stays where there is such a file") {
  const Folder folder;
  const auto odd = folder.write("odd\r", "x");
  CHECK(names_in(odd + "\n") == Strings{odd});
}

TEST_CASE("a name that is too long is one error, and the names after it are read") {
  const std::string most(NameList::kMaxNameBytes, 'x');
  CHECK(names_in("a\n" + most + "\nb\n") == Strings{"a", most, "b"});
  for (const std::size_t more : {1U, 70'000U, 300'000U}) {
    const Strings right{"a", "! holds a name of more than 65536 bytes", "b"};
    CHECK(names_in("a\n" + most + std::string(more, 'y') + "\nb\n") == right);
  }
  CHECK(names_in(most + "xy") == Strings{"! holds a name of more than 65536 bytes"});
}

TEST_CASE("a hyphen in a list is standard input, unless that is the list") {
  const std::string message = "From: a@b.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n\nbody\n";
  const Folder folder;
  intake::Options options;
  options.files_from = folder.write("list", "-\n");
  const auto pipe = test::piped(message);
  options.standard_input = pipe.descriptor();
  CHECK(std::get<intake::Item>(*intake::Reader(options).next()).text == message);

  options.files_from = "-";
  const auto list = test::piped("-\n");
  options.standard_input = list.descriptor();
  CHECK(std::get<intake::Fault>(*intake::Reader(options).next()).message ==
        "is the list of names, and no message too");
}
