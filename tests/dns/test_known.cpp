#include "dns/known.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Known;
using dns::Question;
using dns::Status;
using dns::Type;
using emltrace::DomainName;

namespace {

Question question(std::string_view name, Type type = Type::a) {
  return {*DomainName::parse(name), type};
}

Answer answer(Status status, std::string reason = "") {
  Answer made;
  made.status = status;
  made.reason = std::move(reason);
  return made;
}

}  // namespace

TEST_CASE("what is not known is pending and noted once, in the order of asking") {
  Known known;
  CHECK(known.ask(question("b.example")).pending());
  CHECK(known.ask(question("a.example")).pending());
  CHECK(known.ask(question("B.example.")).pending());
  CHECK(known.ask(question("b.example", Type::aaaa)).pending());
  CHECK(known.take_missing() == std::vector<Question>{question("b.example"), question("a.example"),
                                                      question("b.example", Type::aaaa)});
  CHECK(known.take_missing().empty());
}

TEST_CASE("what is taken and still not answered is noted again when it is asked again") {
  Known known;
  known.ask(question("a.example"));
  CHECK(known.take_missing().size() == 1);
  known.ask(question("a.example"));
  CHECK(known.take_missing().size() == 1);
}

TEST_CASE("what is known is answered and not missing") {
  Known known;
  known.ask(question("a.example"));
  known.add(question("a.example"), answer(Status::no_data));
  CHECK(known.ask(question("a.example")).status == Status::no_data);
  CHECK(known.take_missing().empty());
  CHECK(known.answers().size() == 1);
}

TEST_CASE("a reference stays good while the table grows, and the first answer stands") {
  Known known;
  known.add(question("a.example"), answer(Status::failed, "first"));
  const Answer& first = known.ask(question("a.example"));
  for (int i = 0; i < 1000; ++i) {
    known.add(question("n" + std::to_string(i) + ".example"), answer(Status::ok));
  }
  known.add(question("a.example"), answer(Status::ok, "second"));
  CHECK(first.reason == "first");
  CHECK(&first == &known.ask(question("a.example")));
}

TEST_CASE("ten thousand missing questions are noted each once") {
  Known known;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 10000; ++i) known.ask(question("n" + std::to_string(i) + ".example"));
  }
  CHECK(known.take_missing().size() == 10000);
}
