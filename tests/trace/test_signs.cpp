// Signs in the author's fields, each with its innocent twin.

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"
#include "message/message.hpp"
#include "support/catch.hpp"
#include "support/trace.hpp"
#include "trace/author/brands.hpp"
#include "trace/author/domain_list.hpp"
#include "trace/author/free_mailers.hpp"
#include "trace/author/own_imitation.hpp"
#include "trace/author/reading.hpp"
#include "trace/author/service_words.hpp"
#include "trace/author/vouching.hpp"
#include "trace/route/client_date.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::find_finding;

namespace {

// Handed over from outside at mx.recipient.example; `fields` and `from` are the sender's.
std::string mail(const std::string& from, const std::string& fields = "",
                 const std::string& path = "bounce@out.example",
                 const std::string& client = "out.example (out.example [81.187.42.20])") {
  return "Return-Path: <" + path + ">\nReceived: from " + client +
         "\n\tby mx.recipient.example (Postfix) with ESMTPS id 9C2D11A0F3\n"
         "\tfor <bob@recipient.example>; Thu, 29 Oct 2026 09:41:14 +0200\n" +
         fields + "From: " + from +
         "\nTo: bob@recipient.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n"
         "Message-ID: <1@out.example>\n\nx\n";
}

std::string severity(const Report& report, std::string_view code) {
  const Finding* finding = find_finding(report, code);
  return finding == nullptr ? "" : std::string(to_string(finding->severity));
}

std::string told(std::string_view code, const std::string& from, const std::string& fields = "") {
  return severity(test::trace_offline(mail(from, fields)), code);
}

std::string brand_of(std::string_view display) {
  const auto found = find_brand(display);
  return found ? std::string(found->brand->title) : "";
}

Options protecting(std::vector<std::string> domains, std::vector<std::string> people = {}) {
  Options options = test::trace_options();
  for (const auto& domain : domains) options.ours.domains.push_back(*DomainName::parse(domain));
  options.ours.people = std::move(people);
  return options;
}

std::string imitated(const std::string& name, const std::vector<std::string>& own) {
  const auto found = find_own_imitation(*DomainName::parse(name), protecting(own).ours);
  constexpr std::string_view kWays[] = {"letters", "contained", "spelling", "part", "suffix"};
  return found ? found->own.text() + " " + std::string(kWays[static_cast<int>(found->how)]) : "";
}

}  // namespace

TEST_CASE("a brand is named by a display name that holds its name and words of service alone") {
  struct Case {
    const char* display;
    const char* brand;
  };
  for (const Case& c : {
           Case{"PayPal", "PayPal"},
           Case{"PAYPAL Service", "PayPal"},
           Case{"PayPal #2383", "PayPal"},
           Case{"PayPal™", "PayPal"},
           Case{"P\u0430yPal", "PayPal"},
           Case{"𝗣𝗮𝘆𝗣𝗮𝗹", "PayPal"},
           Case{"PayPaI", "PayPal"},
           Case{"Paypa1", "PayPal"},
           Case{"Netfl1x", "Netflix"},
           Case{"Pay\u200BPal", "PayPal"},
           Case{"Your Amazon.com account", "Amazon"},
           Case{"Amazon.co.jp", "Amazon"},
           Case{"Amazonカスタマーサービス", "Amazon"},
           Case{"楽天カード株式会社", "楽天 (Rakuten)"},
           Case{"三井住友カード", "三井住友 (SMBC)"},
           Case{"メルカリ事務局", "メルカリ (Mercari)"},
           Case{"中国工商银行", "中国工商银行 (ICBC)"},
           Case{"쿠팡 고객센터", "쿠팡 (Coupang)"},
           Case{"Crédit Agricole", "Crédit Agricole"},
           Case{"CREDIT AGRICOLE", "Crédit Agricole"},
           Case{"AT&T", "AT&T"},
           Case{"T-Mobile", "T-Mobile"},
           Case{"HM Revenue & Customs", "HMRC"},
           Case{"Chase Bank", "Chase"},
           Case{"Chase Alerts", "Chase"},
           Case{"Apple Support", "Apple"},
           Case{"Microsoft account team", "Microsoft"},
       }) {
    CAPTURE(c.display);
    CHECK(brand_of(c.display) == c.brand);
  }
}

TEST_CASE("people and firms whose names hold a brand's are not the brand") {
  for (const char* display : {"",
                              "Chase",
                              "Chase Smith",
                              "Morgan Chase",
                              "Apple",
                              "Apple Wong",
                              "Joe via LinkedIn",
                              "Ann Roe (PayPal)",
                              "Amazon River Trust",
                              "Orange County",
                              "UPS Monitor",
                              "Discover Team",
                              "Steam Engine Club",
                              "Square Dance Club",
                              "Barclay Jones",
                              "Ford Support",
                              "Line Manager",
                              "ING",
                              "Santander",
                              "Bell Labs",
                              "Paypalooza",
                              "WordPress",
                              "GitLab",
                              "Support",
                              "365",
                              "Google Summer School of Leeds",
                              "中国銀行史研究会"}) {
    CAPTURE(display);
    CHECK(brand_of(display) == "");
  }
  CHECK(brand_of("PayPal " + std::string(kMaxDisplayName, '1')) == "");
}

TEST_CASE("the tables are written as names are read") {
  const auto check = [](std::string_view list) {
    for (const std::string_view text : text::split(list, ';')) {
      CAPTURE(text);
      CHECK(unicode::encode(reading(text)) == text);
    }
  };
  for (const Brand& brand : kBrands) {
    check(brand.names);
    check(brand.ambiguous);
  }
  check(kServiceWords);
  check(kPlainWords);
}

TEST_CASE("each name of the table means its brand, and each domain can be registered") {
  std::set<std::string_view> titles;
  for (const Brand& brand : kBrands) {
    CAPTURE(brand.title);
    CHECK(titles.insert(brand.title).second);
    for (const std::string_view name : text::split(brand.names, ';'))
      if (!name.empty()) CHECK(brand_of(name) == brand.title);
    for (const std::string_view name : text::split(brand.ambiguous, ';')) {
      if (name.empty()) continue;
      CAPTURE(name);
      CHECK(brand_of(name) == "");
      CHECK(brand_of(std::string(name) + " security alert") == brand.title);
    }
    for (const std::string_view word : text::words(brand.domains)) {
      CAPTURE(word);
      const std::size_t dot = word.find('.');
      for (const std::string_view suffix : text::split(word.substr(dot + 1), ',')) {
        if (dot == 0) continue;
        const auto name =
            DomainName::parse(std::string(word.substr(0, dot)) + "." + std::string(suffix));
        REQUIRE(name);
        CHECK(name->is_host_name());
        // No public suffix, `co.uk` is nobody's, but for those of a government alone.
        constexpr std::string_view kGovernments[] = {"gov", "gob", "gouv", "gc", "nhs"};
        const bool government =
            std::ranges::find(kGovernments, word.substr(0, dot)) != std::end(kGovernments);
        const DomainName below = *name->with_prefix("x");
        CHECK((government || auth::registrable_domain(below) != below));
      }
    }
  }
  CHECK(kBrands.size() > 200);
}

TEST_CASE("brand-elsewhere: told where no domain of the brand's stands behind its name") {
  CHECK(told("brand-elsewhere", "PayPal <service@evil.example>") == "low");
  CHECK(told("brand-elsewhere", "PayPal <service@paypal.com>") == "");
  CHECK(told("brand-elsewhere", "PayPal <service@intl.paypal.com>") == "");
  CHECK(told("brand-elsewhere", "PayPal <service@paypal.evil.example>") == "low");
  CHECK(told("brand-elsewhere", "\"Amazon.de\" <x@amazon.de>") == "");
  CHECK(told("brand-elsewhere", "\"Amazon.de\" <x@amazon.zip>") == "low");
  CHECK(told("brand-elsewhere", "Barclays <x@mail.barclays>") == "");
  // Anybody gets a mailbox at gmail.com, but not that of noreply.
  CHECK(told("brand-elsewhere", "Google Security <google.sec99@gmail.com>") == "low");
  CHECK(told("brand-elsewhere", "Yahoo <no-reply@yahoo.com>") == "");
  // Every Exchange server signs its bounces so.
  CHECK(
      told("brand-elsewhere",
           "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@firm.example>") ==
      "");
  CHECK(told("brand-elsewhere", "Microsoft Outlook <postmaster@firm.example>") == "");
  CHECK(told("brand-elsewhere", "PayPal <x@evil.example>", "List-Id: <l.evil.example>\n") ==
        "info");
}

TEST_CASE("brand-elsewhere: where the brand's own domain vouches nothing is said") {
  const std::string zone =
      "$TTL 60\npaypal.com. TXT \"v=spf1 ip4:81.187.42.20 -all\"\n"
      "out.example. TXT \"v=spf1 ip4:81.187.42.20 -all\"\n";
  const std::string from = "PayPal <service@survey.example>";
  CHECK(severity(test::trace_message(mail(from, "", "bounce@paypal.com"), zone),
                 "brand-elsewhere") == "");
  CHECK(severity(test::trace_message(mail(from, "", "bounce@out.example"), zone),
                 "brand-elsewhere") == "low");
  // A HELO that passes says only whose machine it is.
  CHECK(severity(
            test::trace_message(
                mail(from, "", "x@none.example", "paypal.com (paypal.com [81.187.42.20])"), zone),
            "brand-elsewhere") == "low");
  // A signature whose key could not be asked for may be the brand's.
  const std::string signature =
      "DKIM-Signature: v=1; a=rsa-sha256; d=paypal.com; s=s; h=from; "
      "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5"
      "NMpJWZG3hSuFU=; b=AAAA\n";
  CHECK(told("brand-elsewhere", from, signature) == "");
  // What the recipient's own host recorded.
  const std::string recorded =
      "Authentication-Results: mx.recipient.example; dkim=pass header.d=paypal.com\n";
  CHECK(severity(test::trace_offline(recorded + mail(from)), "brand-elsewhere") == "");
  CHECK(severity(test::trace_offline(mail(from, recorded)), "brand-elsewhere") == "low");
}

TEST_CASE(
    "a domain speaks by its signature or its MAIL FROM, not by a HELO or a partial signature") {
  Authentication auth;
  spf::Verdict path;
  path.identity = spf::Identity::mail_from;
  path.domain = "path.example";
  path.result = auth::Result::pass;
  spf::Verdict helo = path;
  helo.identity = spf::Identity::helo;
  helo.domain = "helo.example";
  auth.spf = {helo, path};
  dkim::Verdict signer;
  signer.domain = "signer.example";
  signer.result = auth::Result::pass;
  dkim::Verdict partial = signer;
  partial.domain = "partial.example";
  auth.dkim = {partial, signer};
  auth.partial = {true, false};
  const auto recorded = [](const char* result, bool other_client) {
    RecordedComparison entry;
    entry.recorded.method.method = "spf";
    entry.recorded.method.result = result;
    entry.recorded.method.properties = {{"smtp.mailfrom", "a@recorded.example"},
                                        {"smtp.helo", "recorded-helo.example"}};
    entry.trusted = true;
    entry.of_other_client = other_client;
    return entry;
  };
  const auto names = [&] {
    std::string out;
    for (const DomainName& name : speaking_domains(auth)) out += name.text() + " ";
    return out;
  };
  CHECK(names() == "path.example signer.example ");
  auth.recorded = {recorded("pass", false)};
  CHECK(names() == "path.example signer.example recorded.example ");
  auth.recorded = {recorded("pass", true), recorded("fail", false)};
  CHECK(names() == "path.example signer.example ");
}

TEST_CASE("brand-elsewhere: own domains may bear any name") {
  const std::string message = mail("DHL <scans@corp.example>");
  CHECK(severity(test::trace_message(message, ""), "brand-elsewhere") == "low");
  CHECK(severity(test::trace_message(message, "", protecting({"corp.example"})),
                 "brand-elsewhere") == "");
}

TEST_CASE("own-domain-imitation: the ways in which a domain is made to look like an own one") {
  const std::vector<std::string> own = {"own.example.com", "bellwood.com"};
  for (const auto& [name, way] : std::vector<std::pair<std::string, std::string>>{
           {"be11wood.com", "bellwood.com letters"},
           {"belIwood.net", "bellwood.com letters"},
           {"b\u0435llwood.com", "bellwood.com letters"},
           {"bellvvood.com", "bellwood.com letters"},
           {"bell-wood.com", "bellwood.com letters"},
           {"bellwood.com.evil.test", "bellwood.com contained"},
           {"bellwood-com.evil.test", "bellwood.com contained"},
           {"bellwood.com-login.test", "bellwood.com contained"},
           {"own.example.com.evil.test", "own.example.com contained"},
           {"own-example.com", "own.example.com contained"},
           {"belwood.com", "bellwood.com spelling"},
           {"bellwoods.com", "bellwood.com spelling"},
           {"bellwodo.com", "bellwood.com spelling"},
           {"bellwaod.com", "bellwood.com spelling"},
           {"bellwood-login.com", "bellwood.com part"},
           {"the-bellwood.com", "bellwood.com part"},
           {"bellwood.net", "bellwood.com suffix"},
           {"bellwood.com", ""},
           {"mail.bellwood.com", ""},
           {"www.example.com", ""},
           {"bellweather.com", ""},
           {"bellows.com", ""},
           {"woodbell.com", ""},
       }) {
    CAPTURE(name);
    CHECK(imitated(name, own) == way);
  }
  CHECK(imitated("acne.com", {"acme.com"}) == "");  // too short to be compared by spelling
}

TEST_CASE("own-domain-imitation: told of From and Reply-To, and nothing without --own") {
  const auto told_of = [](const std::string& message) {
    return severity(test::trace_message(message, "", protecting({"bellwood.com"})),
                    "own-domain-imitation");
  };
  CHECK(told_of(mail("x@be11wood.com")) == "medium");
  CHECK(told_of(mail("x@bellwood.com.evil.test")) == "medium");
  CHECK(told_of(mail("x@bellwood.net")) == "low");
  CHECK(told_of(mail("x@the-bellwood.com")) == "low");
  CHECK(told_of(mail("x@bellwood.com")) == "");
  CHECK(told_of(mail("x@other.example")) == "");
  CHECK(told_of(mail("x@other.example", "Reply-To: x@belwood.com\n")) == "medium");
  CHECK(told("own-domain-imitation", "x@be11wood.com") == "");
}

TEST_CASE("person-elsewhere: a name given with --vip at a domain that is not own") {
  const Options options = protecting({"bellwood.com"}, {"Ann Roe", "山田太郎"});
  const auto told_of = [&](const std::string& from, const std::string& fields = "") {
    return severity(test::trace_message(mail(from, fields), "", options), "person-elsewhere");
  };
  CHECK(told_of("Ann Roe <ceo@evil.example>") == "medium");
  CHECK(told_of("\"Roe, Ann\" <ceo@evil.example>") == "medium");
  CHECK(told_of("\"ANN ROE (CEO)\" <ceo@evil.example>") == "medium");
  CHECK(told_of("=?utf-8?q?=D0=90nn_Roe?= <ceo@evil.example>") == "medium");        // Cyrillic А
  CHECK(told_of("=?utf-8?b?5bGx55SwIOWkqumDjg==?= <x@evil.example>") == "medium");  // 山田 太郎
  CHECK(told_of("Ann Roe <ann@bellwood.com>") == "");
  CHECK(told_of("Ann Roe <ann@mail.bellwood.com>") == "");
  CHECK(told_of("Ann Roe <ann@recipient.example>") == "");
  CHECK(told_of("Ann Roesler <a@evil.example>") == "");
  CHECK(told_of("\"Ann Roe via Talk\" <talk@lists.example>") == "");
  CHECK(told_of("Bob <bob@evil.example>") == "");
  CHECK(told_of("Ann Roe <talk@lists.example>", "List-Id: <talk.lists.example>\n") == "info");
}

TEST_CASE("person-elsewhere: where no domain is known to be own none is strange") {
  const std::string pasted = "From: Ann Roe <ceo@evil.example>\nSubject: x\n\n";
  CHECK(severity(test::trace_message(pasted, "", protecting({}, {"Ann Roe"})),
                 "person-elsewhere") == "");
  CHECK(severity(test::trace_message(pasted, "", protecting({"bellwood.com"}, {"Ann Roe"})),
                 "person-elsewhere") == "medium");
}

TEST_CASE("from-single-label: only of mail from outside, and not of a host's own accounts") {
  CHECK(told("from-single-label", "Support <support@paypal>") == "medium");
  CHECK(told("from-single-label", "x@localhost") == "medium");
  CHECK(told("from-single-label", "x@firm.example") == "");
  CHECK(told("from-single-label", "root@myhost") == "");
  CHECK(told("from-single-label", "n@ai") == "");
  CHECK(told("from-single-label", "x@[192.0.2.1]") == "");
  const std::string inside = mail("x@myhost", "", "x@myhost", "myhost (localhost [127.0.0.1])");
  CHECK(severity(test::trace_offline(inside), "from-single-label") == "");
  CHECK(severity(test::trace_offline("From: x@myhost\nSubject: x\n\n"), "from-single-label") == "");
}

TEST_CASE("from-default-tenant: the first domain of a tenant, not its own one nor its bounces") {
  CHECK(told("from-default-tenant", "x@rnd42.onmicrosoft.com") == "low");
  CHECK(told("from-default-tenant", "x@rnd42.partner.onmschina.cn") == "low");
  CHECK(told("from-default-tenant", "x@microsoft.com") == "");
  CHECK(told("from-default-tenant", "x@onmicrosoft.example") == "");
  CHECK(told("from-default-tenant", "postmaster@firm.onmicrosoft.com") == "");
  CHECK(severity(test::trace_message(mail("x@firm.onmicrosoft.com"), "",
                                     protecting({"firm.onmicrosoft.com"})),
                 "from-default-tenant") == "");
}

TEST_CASE("reply-to-free-mailer: answers go to a free mailer, the author is elsewhere") {
  const std::string gmail = "Reply-To: Ann <ann@gmail.com>\n";
  const auto told_of = [](const std::string& from, const std::string& fields) {
    return told("reply-to-free-mailer", from, fields);
  };
  CHECK(told_of("info@firm.example", gmail) == "low");
  CHECK(told_of("info@firm.example", "Reply-To: x@yahoo.co.jp\n") == "low");
  CHECK(told_of("info@firm.example", "Reply-To: x@firm.example\n") == "");
  CHECK(told_of("info@firm.example", "Reply-To: x@other.example\n") == "");
  CHECK(told_of("ann@gmail.com", gmail) == "");
  CHECK(told_of("ann@outlook.com", gmail) == "");
  CHECK(told_of("calendar@google.com", gmail) == "");
  CHECK(told_of("ann@firm.example", gmail) == "info");
  CHECK(told_of("info@firm.example", gmail + "List-Id: <l.firm.example>\n") == "");
  CHECK(told_of("info@firm.example", gmail + "List-Unsubscribe: <mailto:u@firm.example>\n") == "");
  CHECK(told_of("info@firm.example", gmail + "Precedence: bulk\n") == "");
  // The author's domain vouches: what it says of its answers is its own word.
  const std::string vouched = mail("info@out.example", gmail);
  CHECK(severity(test::trace_message(
                     vouched, "$TTL 60\nout.example. TXT \"v=spf1 ip4:81.187.42.20 -all\"\n"),
                 "reply-to-free-mailer") == "info");
}

TEST_CASE("a free mailer's domain is told from names below it and beside it") {
  for (const char* name :
       {"gmail.com", "hotmail.fr", "yahoo.co.jp", "qq.com", "gmx.de", "naver.com"})
    CHECK(is_free_mailer(*DomainName::parse(name)));
  for (const char* name :
       {"mail.gmail.com", "notgmail.com", "google.com", "comcast.net", "x.example"})
    CHECK_FALSE(is_free_mailer(*DomainName::parse(name)));
}

TEST_CASE("a list of domains is read with its shared labels and top-level domains") {
  const std::string_view list = "amazon.com,de,co.uk .barclays a.example";
  const auto found = [&](const char* name) {
    const auto domain = listed_domain(list, *DomainName::parse(name));
    return domain ? domain->text() : std::string();
  };
  CHECK(found("amazon.com") == "amazon.com");
  CHECK(found("x.amazon.co.uk") == "amazon.co.uk");
  CHECK(found("home.barclays") == "barclays");
  CHECK(found("a.example") == "a.example");
  CHECK(found("amazon.fr") == "");
  CHECK(found("notamazon.de") == "");
  CHECK(found("example") == "");
}

TEST_CASE("client-is-date: a date in brackets between from and by") {
  CHECK(client_date(
            "from mts.example ([Tue, 17 Sep 2019 04:52:27 +0500]) by web.example with LOCAL; x") ==
        "Tue, 17 Sep 2019 04:52:27 +0500");
  CHECK(
      client_date("from a.example (Thu, 22 Apr 2021 20:01:41 +0800) by b.example with ASMTP; x") ==
      "Thu, 22 Apr 2021 20:01:41 +0800");
  CHECK(client_date("from [Thu, 22 Apr 2021 20:01:41 +0800] by b.example; x") ==
        "Thu, 22 Apr 2021 20:01:41 +0800");
  CHECK(client_date("from unknown (HELO x) ([2021-04-22 20:01:41]) by b.example; x") ==
        "2021-04-22 20:01:41");
  for (const char* line :
       {"from a.example (a.example [192.0.2.1]) by b.example with ESMTP; Thu, 22 Apr 2021 20:01:41 "
        "+0800",
        "from a.example ([2001:db8::1]) by b.example (8.11.6/8.11.6) id x; Thu, 22 Apr 2021 "
        "20:01:41 +0800",
        "by b.example (Thu, 22 Apr 2021 20:01:41 +0800); Thu, 22 Apr 2021 20:01:41 +0800",
        "from a.example by b.example (Thu, 22 Apr 2021 20:01:41 +0800); Thu, 22 Apr 2021 20:01:41 "
        "+0800",
        "from a.example (may be forged) by b.example; x", "from a.example",
        "from a.example ([ by x", ""}) {
    CAPTURE(line);
    CHECK(client_date(line) == "");
  }
}

TEST_CASE("client-is-date: told of the sender's line in place of ip-invalid") {
  const std::string line =
      "Received: from mts.example ([Tue, 17 Sep 2019 04:52:27 +0500])\n"
      "\tby web.example with LOCAL; Tue, 17 Sep 2019 04:52:27 +0500\n";
  const Report report = test::trace_offline(mail("x@firm.example", line));
  const Finding* finding = find_finding(report, "client-is-date");
  REQUIRE(finding);
  CHECK(finding->severity == Severity::medium);
  CHECK(finding->hop == 1);
  CHECK(find_finding(report, "ip-invalid") == nullptr);
  CHECK(report.verdict.level == Level::suspicious);
}

TEST_CASE("from-homograph: a domain in letters that no domain holds") {
  CHECK(told("from-homograph", "Bank <service@𝗯𝗮𝗻𝗸.example>") == "high");
  CHECK(told("from-homograph", "Bank <service@ｂａｎｋ.example>") == "medium");
  CHECK(told("from-homograph", "Käthe <kaethe@bücher.example>") == "");
}

TEST_CASE(
    "styled-letters: in display names and the Subject, less where the author's domain vouches") {
  const std::string zone = "$TTL 60\nout.example. TXT \"v=spf1 ip4:81.187.42.20 -all\"\n";
  const std::string styled = "=?utf-8?b?8J2Xo/Cdl67wnZiG8J2Xo/Cdl67wnZe5?=";  // 𝗣𝗮𝘆𝗣𝗮𝗹
  CHECK(told("styled-letters", styled + " <x@evil.example>") == "medium");
  CHECK(told("styled-letters", "x@evil.example", "Subject: " + styled + "\n") == "medium");
  CHECK(severity(test::trace_message(mail(styled + " <x@out.example>"), zone), "styled-letters") ==
        "low");
  const std::string wide = "=?utf-8?b?77yu77yo77yr?=";  // ＮＨＫ
  CHECK(told("styled-letters", wide + " <x@news.example>") == "medium");
  CHECK(told("styled-letters", wide + " <x@news.jp>") == "");
  CHECK(told("styled-letters", wide + " <x@news.example>", "Subject: =?utf-8?b?5pel5pys?=\n") ==
        "");
  CHECK(told("styled-letters", "=?iso-2022-jp?b?GyRCI04jSCNLGyhC?= <x@news.example>") == "");
}

TEST_CASE("mixed-scripts: in display names and the Subject, a slip less") {
  CHECK(told("mixed-scripts", "=?utf-8?q?P=D0=B0yPal?= <x@evil.example>") == "medium");
  CHECK(told("mixed-scripts", "x@evil.example", "Subject: =?utf-8?q?P=D0=B0yPal?=\n") == "medium");
  CHECK(told("mixed-scripts", "x@evil.example",
             "Reply-To: =?utf-8?q?P=D0=B0yPal?= <x@y.example>\n") == "medium");
  CHECK(told("mixed-scripts", "x@a.example",
             "Subject: =?utf-8?b?0JzQtdGA0L7Qv9GA0LjRj9GC0LjRjyDQv9C+INChT1ZJRC0xOQ==?=\n") ==
        "low");
  CHECK(told("mixed-scripts", "=?utf-8?b?0JzQvtGB0LrQstCw?= <x@a.example>") == "");
}

TEST_CASE(
    "envelope-author-differs: what a service, a rewriting or a bounce address explains is noted") {
  const auto of_path = [](const std::string& path) {
    return severity(test::trace_offline(mail("ann@firm.example", "", path)),
                    "envelope-author-differs");
  };
  CHECK(of_path("x@other.example") == "low");
  CHECK(of_path("list-bounces+bob=recipient.example@other.example") == "info");
  CHECK(of_path("bounce-7-bob#recipient.example@other.example") == "info");
  CHECK(of_path("list-bounces+eve=recipient.example@other.example") == "low");
  CHECK(of_path("SRS0=a1b2=ab=firm.example=ann@fwd.example") == "info");
  CHECK(of_path("bounces+SRS=a1b2=ab@fwd.example") == "info");
  CHECK(of_path("0101@eu-west-1.amazonses.com") == "info");
}
