#include <string>

#include "auth/dkim/key.hpp"
#include "base/base64.hpp"
#include "dkim_check.hpp"
#include "dns/known.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using dkim::parse_key_record;
using dkim::Problem;
using test::SigningKey;

namespace {

std::string fault(std::string_view record) {
  return std::string(to_string(parse_key_record(record).fault.problem));
}

// What a signed message becomes when the key's TXT records are these.
std::string with_records(const std::vector<std::string>& records,
                         const test::SignOptions& options = {},
                         const SigningKey& key = SigningKey::rsa()) {
  std::string zone = "x.example. 1 IN TXT \"x\"\n";
  for (const std::string& record : records) {
    zone += test::txt_line(options.selector + "._domainkey." + options.domain, record);
  }
  return test::word(test::verify_first(test::sign_message(test::kPlain, key, options), zone));
}

std::string p(const SigningKey& key = SigningKey::rsa()) {
  return "p=" + base64_encode(key.public_bytes());
}

}  // namespace

TEST_CASE("RFC 6376 section 3.6.1: a record is read with its flags and lists") {
  const auto r = parse_key_record(
      "v=DKIM1; h=sha1 : SHA256; k=rsa; n=a=20note; s=email:other; t=y : s; p=YW Jj; x=unknown");
  CHECK_FALSE(r.fault);
  CHECK(r.hashes == std::vector<std::string>{"sha1", "sha256"});
  CHECK(r.key_type == "rsa");
  CHECK(r.notes == "a note");
  CHECK(r.services == std::vector<std::string>{"email", "other"});
  CHECK(r.testing);
  CHECK(r.strict_identity);
  CHECK(r.data == "abc");
}

TEST_CASE("RFC 6376 section 3.6.1: only p= must be there") {
  const auto r = parse_key_record("p=YWJj");
  CHECK_FALSE(r.fault);
  CHECK(r.key_type == "rsa");
  CHECK(r.hashes.empty());
  CHECK(r.services.empty());
  CHECK_FALSE(r.testing);
  CHECK_FALSE(r.strict_identity);
}

TEST_CASE("records that are no keys are told from revoked ones") {
  CHECK(fault("v=DKIM1; p=") == "key-revoked");
  CHECK(fault("p=;") == "key-revoked");
  CHECK(fault("") == "key-syntax");
  CHECK(fault("v=spf1 -all") == "key-syntax");
  CHECK(fault("v=DKIM1; k=rsa") == "key-syntax");
  CHECK(fault("v=DKIM2; p=YWJj") == "key-syntax");
  CHECK(fault("k=rsa; v=DKIM1; p=YWJj") == "key-syntax");
  CHECK(fault("v=DKIM1; p=Y*Jj") == "key-syntax");
  CHECK(fault("v=DKIM1; p=YWJj; p=YWJj") == "key-syntax");
  CHECK(fault("v=DKIM1\\; k=rsa\\; p=YWJj") == "key-syntax");
}

TEST_CASE("RFC 6376 section 6.1.2: which records fit a signature") {
  CHECK(with_records({"v=DKIM1; k=rsa; " + p()}) == "pass");
  CHECK(with_records({p()}) == "pass");
  CHECK(with_records({"k=ed25519; " + p()}) == "permerror/key-mismatch");
  CHECK(with_records({"k=unknown; " + p()}) == "permerror/key-mismatch");
  CHECK(with_records({"h=sha256; " + p()}) == "pass");
  CHECK(with_records({"h=sha1; " + p()}) == "permerror/key-mismatch");
  CHECK(with_records({"h=sha512:sha256; " + p()}) == "pass");
  CHECK(with_records({"s=email; " + p()}) == "pass");
  CHECK(with_records({"s=*; " + p()}) == "pass");
  CHECK(with_records({"s=tlsrpt; " + p()}) == "permerror/key-mismatch");
  CHECK(with_records({"s=tlsrpt:email; " + p()}) == "pass");
  CHECK(with_records({"p="}) == "fail/key-revoked");
  CHECK(with_records({"p=YWJj"}) == "permerror/key-syntax");
  CHECK(with_records({"v=spf1 -all"}) == "permerror/key-syntax");
  CHECK(with_records({p(SigningKey::rsa(1024, 1))}) == "fail/signature-mismatch");
  CHECK(with_records({}) == "permerror/no-key");
}

TEST_CASE("RFC 6376 section 3.6.1: both encodings of an RSA key are read, bytes behind are not") {
  const SigningKey& key = SigningKey::rsa();
  CHECK(with_records({"p=" + base64_encode(key.bare_public_bytes())}) == "pass");
  CHECK(with_records({"p=" + base64_encode(key.public_bytes() + "x")}) == "permerror/key-syntax");
}

TEST_CASE("RFC 6376 section 3.6.2.2: of several records at one name each is tried") {
  const std::string wrong = p(SigningKey::rsa(1024, 1));
  CHECK(with_records({wrong, p()}) == "pass");
  CHECK(with_records({p(), wrong}) == "pass");
  CHECK(with_records({"v=spf1 -all", "junk", "p=", p()}) == "pass");
  CHECK(with_records({"k=ed25519; p=" + std::string(43, 'A') + "=", p()}) == "pass");
  CHECK(with_records({"v=spf1 -all", wrong}) == "fail/signature-mismatch");
}

TEST_CASE("RFC 6376 section 3.6.1: t=s wants the domain of i= to be d= itself") {
  test::SignOptions below;
  below.identity = "@news.example.org";
  CHECK(with_records({p()}, below) == "pass");
  CHECK(with_records({"t=s; " + p()}, below) == "permerror/domain-mismatch");
  CHECK(with_records({"t=y:s; " + p()}, below) == "permerror/domain-mismatch");
  test::SignOptions same;
  same.identity = "joe@EXAMPLE.org";
  CHECK(with_records({"t=s; " + p()}, same) == "pass");
  CHECK(with_records({"t=s; " + p()}) == "pass");
}

TEST_CASE("RFC 8463 section 4: an Ed25519 key is 32 raw bytes") {
  test::SignOptions options;
  options.algorithm = "ed25519-sha256";
  const SigningKey& key = SigningKey::ed25519();
  CHECK(with_records({"k=ed25519; " + p(key)}, options, key) == "pass");
  CHECK(with_records({"k=rsa; " + p(key)}, options, key) == "permerror/key-mismatch");
  CHECK(with_records({p(key)}, options, key) == "permerror/key-mismatch");
  CHECK(with_records({"k=ed25519; p=YWJj"}, options, key) == "permerror/key-syntax");
  CHECK(with_records({"k=ed25519; " + p(SigningKey::ed25519(1))}, options, key) ==
        "fail/signature-mismatch");
}

TEST_CASE("the words for a DNS error and a missing key say what they mean") {
  const auto name = *DomainName::parse("s1._domainkey.example.org");
  const dns::Question question{name, dns::Type::txt};
  dns::Known known;
  CHECK(dkim::ask_key(known, name).pending);
  dns::Answer answer;
  answer.status = dns::Status::timed_out;
  answer.reason = "no answer from 192.0.2.1";
  known.add(question, answer);
  const auto failed = dkim::ask_key(known, name);
  CHECK(failed.fault.problem == Problem::dns);
  CHECK(failed.fault.detail.find("no answer from 192.0.2.1") != std::string::npos);
  dns::Known gone;
  answer.status = dns::Status::no_such_name;
  gone.add(question, answer);
  const auto missing = dkim::ask_key(gone, name);
  CHECK(missing.fault.problem == Problem::no_key);
  CHECK(missing.fault.detail.find("keys are rotated") != std::string::npos);
}

TEST_CASE("a key's verdict is computed once") {
  const SigningKey& key = SigningKey::rsa();
  dkim::KeyCache cache;
  const auto* first = cache.read(crypto::KeyType::rsa, key.public_bytes());
  REQUIRE(first != nullptr);
  CHECK(cache.read(crypto::KeyType::rsa, key.public_bytes()) == first);
  CHECK(cache.read(crypto::KeyType::ed25519, key.public_bytes()) == nullptr);
  const std::string hashed = crypto::digest(crypto::Hash::sha256, "x");
  const std::string signature = key.sign(crypto::Hash::sha256, hashed);
  const auto& algorithm = *dkim::find_algorithm("rsa-sha256");
  CHECK(cache.verify(algorithm, key.public_bytes(), hashed, signature) == crypto::Match::yes);
  CHECK(cache.verify(algorithm, key.public_bytes(), hashed, signature) == crypto::Match::yes);
  CHECK(cache.verify(algorithm, "junk", hashed, signature) == crypto::Match::no);
}
