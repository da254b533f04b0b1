#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>

#include <string>

#include "intake/outlook_msg.hpp"
#include "intake/reader.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

const std::string kHeaders =
    "Microsoft Mail Internet Headers Version 2.0\r\n"
    "Received: from mail.a.example ([192.0.2.1]) by b.example with SMTP;\r\n"
    "\t Tue, 22 Mar 2022 16:12:36 +0000\r\n"
    "From: \"J\xC3\xBCrgen\" <j@a.example>\r\nSubject: x\r\n\r\n";

std::string utf16(const std::string& latin) {
  std::string out;
  for (std::size_t i = 0; i < latin.size(); ++i) {
    if (latin.compare(i, 2, "\xC3\xBC") == 0) {
      out += std::string("\xFC\0", 2);
      ++i;
    } else {
      out += {latin[i], '\0'};
    }
  }
  return out;
}

void add_stream(GsfOutfile* folder, const char* name, const std::string& bytes) {
  GsfOutput* stream = gsf_outfile_new_child(folder, name, FALSE);
  gsf_output_write(stream, bytes.size(), reinterpret_cast<const guint8*>(bytes.data()));
  gsf_output_close(stream);
  g_object_unref(stream);
}

// A .msg with these streams, and in an attached message these.
std::string make_msg(const char* name, const std::string& value, const std::string& embedded = "") {
  GsfOutput* memory = gsf_output_memory_new();
  GsfOutfile* root = gsf_outfile_msole_new(memory);
  add_stream(root, "__substg1.0_0037001F", utf16("a subject"));
  if (!value.empty()) add_stream(root, name, value);
  if (!embedded.empty()) {
    GsfOutput* storage = gsf_outfile_new_child(root, "__attach_version1.0_#00000000", TRUE);
    GsfOutput* message = gsf_outfile_new_child(GSF_OUTFILE(storage), "__substg1.0_3701000D", TRUE);
    add_stream(GSF_OUTFILE(message), "__substg1.0_007D001F", embedded);
    gsf_output_close(message);
    g_object_unref(message);
    gsf_output_close(storage);
    g_object_unref(storage);
  }
  gsf_output_close(GSF_OUTPUT(root));
  const auto* data =
      reinterpret_cast<const char*>(gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)));
  const std::string bytes(data, static_cast<std::size_t>(gsf_output_size(memory)));
  g_object_unref(root);
  g_object_unref(memory);
  return bytes;
}

}  // namespace

TEST_CASE("an Outlook .msg gives its transport headers, as headers alone") {
  const auto entries = intake::read_bytes(
      "a.msg", make_msg("__substg1.0_007D001F", utf16(kHeaders)), intake::Options{});
  REQUIRE(entries.size() == 1);
  const auto& item = std::get<intake::Item>(entries[0]);
  CHECK(item.kind == intake::Kind::headers);
  CHECK(item.text.starts_with("Received: from mail.a.example"));
  CHECK(item.text.find("J\xC3\xBCrgen") != std::string::npos);
  REQUIRE(item.repairs.size() == 1);
  CHECK(item.repairs[0].code == "outlook-line");
}

TEST_CASE("headers of one byte a character, with a zero at the end, are read too") {
  const auto headers = outlook_msg::read_headers(
      make_msg("__substg1.0_007D001E", "Received: from a by b\r\n" + std::string(1, '\0')));
  REQUIRE(headers);
  CHECK(headers->own == "Received: from a by b\r\n");
}

TEST_CASE("a message attached to a .msg is taken where the outer one has no headers") {
  const std::string msg = make_msg("", "", utf16("From: a@b.example\r\n"));
  const auto entries = intake::read_bytes("a.msg", msg, intake::Options{});
  REQUIRE(entries.size() == 1);
  const auto& item = std::get<intake::Item>(entries[0]);
  CHECK(item.text == "From: a@b.example\r\n");
  CHECK(item.part == "1");
}

TEST_CASE("a .msg without headers, and a damaged one, are said to be such in one line") {
  for (const std::string& bytes :
       {make_msg("", ""), make_msg("__substg1.0_007D001F", utf16(kHeaders)).substr(0, 600)}) {
    const auto entries = intake::read_bytes("a.msg", bytes, intake::Options{});
    REQUIRE(entries.size() == 1);
    const auto& fault = std::get<intake::Fault>(entries[0]);
    CHECK(fault.message.find("OLE2") != std::string::npos);
    CHECK(fault.message.find('\n') == std::string::npos);
  }
}

TEST_CASE("every cut and many a flipped byte of a .msg is survived") {
  const std::string msg = make_msg("__substg1.0_007D001F", utf16(kHeaders), utf16(kHeaders));
  for (std::size_t size = 8; size < msg.size(); size += 61) {
    CHECK(!intake::read_bytes("a.msg", msg.substr(0, size), intake::Options{}).empty());
  }
  for (std::size_t at = 8; at < msg.size(); at += 7) {
    std::string bad = msg;
    bad[at] = static_cast<char>(bad[at] ^ 0x5A);
    CHECK(!intake::read_bytes("a.msg", bad, intake::Options{}).empty());
  }
}
