#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace emltrace::test {

/// An object of a .msg (MS-OXMSG 2.1): streams by name, and storages in it.
struct OutlookObject {
  std::vector<std::pair<std::string, std::string>> streams;
  std::vector<std::pair<std::string, OutlookObject>> storages;

  /// A string property in UTF-16; `text` is UTF-8 of the Basic Multilingual Plane.
  OutlookObject& wide(std::uint16_t id, const std::string& text);
  /// A string property of 8 bits a character, as bytes.
  OutlookObject& narrow(std::uint16_t id, const std::string& bytes);
  OutlookObject& binary(std::uint16_t id, const std::string& bytes);
  /// An entry of the property stream: of 32 bits, or a FILETIME of that many seconds since 1970.
  OutlookObject& number(std::uint16_t id, std::uint32_t value);
  OutlookObject& time(std::uint16_t id, std::uint64_t epoch_seconds);

  OutlookObject& recipient(OutlookObject object);
  OutlookObject& attachment(OutlookObject object);
  /// An attachment that is a message (method 5).
  OutlookObject& attached_message(OutlookObject message);
  /// One by value.
  OutlookObject& attached_file(const std::string& name, const std::string& bytes,
                               const std::string& mime_type = "");

 private:
  std::string entries_;  ///< of the property stream
  std::uint32_t recipients_ = 0;
  std::uint32_t attachments_ = 0;
  friend std::string outlook_file(const OutlookObject& message);
  friend struct OutlookWriter;
};

/// The bytes of a .msg.
std::string outlook_file(const OutlookObject& message);

}  // namespace emltrace::test
