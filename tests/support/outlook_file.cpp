#include "support/outlook_file.hpp"

#include <fmt/format.h>
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>

#include <cstddef>

namespace emltrace::test {
namespace {

std::string utf16(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) {
      return static_cast<unsigned>(static_cast<unsigned char>(text[at]));
    };
    unsigned point = byte(i);
    if (point >= 0xE0) {
      point = (point & 0xFU) << 12U | (byte(i + 1) & 0x3FU) << 6U | (byte(i + 2) & 0x3FU);
      i += 2;
    } else if (point >= 0xC0) {
      point = (point & 0x1FU) << 6U | (byte(i + 1) & 0x3FU);
      i += 1;
    }
    out += {static_cast<char>(point & 0xFFU), static_cast<char>(point >> 8U)};
  }
  return out;
}

std::string little_endian(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
  return out;
}

std::string entry(std::uint16_t id, std::uint16_t type, std::uint64_t value) {
  return little_endian(type, 2) + little_endian(id, 2) + little_endian(6, 4) +
         little_endian(value, 8);
}

std::string name_of(std::uint16_t id, const char* type) {
  return fmt::format("__substg1.0_{:04X}{}", id, type);
}

void close(GsfOutput* output) {
  gsf_output_close(output);
  g_object_unref(output);
}

void add_stream(GsfOutfile* folder, const std::string& name, const std::string& bytes) {
  GsfOutput* stream = gsf_outfile_new_child(folder, name.c_str(), FALSE);
  gsf_output_write(stream, bytes.size(), reinterpret_cast<const guint8*>(bytes.data()));
  close(stream);
}

}  // namespace

struct OutlookWriter {
  static void write(GsfOutfile* folder, const OutlookObject& object, std::size_t header_bytes) {
    if (!object.entries_.empty()) {
      add_stream(folder, "__properties_version1.0",
                 std::string(header_bytes, '\0') + object.entries_);
    }
    for (const auto& [name, bytes] : object.streams) add_stream(folder, name, bytes);
    for (const auto& [name, inner] : object.storages) {
      GsfOutput* storage = gsf_outfile_new_child(folder, name.c_str(), TRUE);
      write(GSF_OUTFILE(storage), inner, name.ends_with("000D") ? 24 : 8);
      close(storage);
    }
  }
};

OutlookObject& OutlookObject::wide(std::uint16_t id, const std::string& text) {
  streams.emplace_back(name_of(id, "001F"), utf16(text));
  return *this;
}
OutlookObject& OutlookObject::narrow(std::uint16_t id, const std::string& bytes) {
  streams.emplace_back(name_of(id, "001E"), bytes);
  return *this;
}
OutlookObject& OutlookObject::binary(std::uint16_t id, const std::string& bytes) {
  streams.emplace_back(name_of(id, "0102"), bytes);
  return *this;
}
OutlookObject& OutlookObject::number(std::uint16_t id, std::uint32_t value) {
  entries_ += entry(id, 0x0003, value);
  return *this;
}
OutlookObject& OutlookObject::time(std::uint16_t id, std::uint64_t epoch_seconds) {
  entries_ += entry(id, 0x0040, (epoch_seconds + 11'644'473'600) * 10'000'000);
  return *this;
}
OutlookObject& OutlookObject::recipient(OutlookObject object) {
  storages.emplace_back(fmt::format("__recip_version1.0_#{:08X}", recipients_++),
                        std::move(object));
  return *this;
}
OutlookObject& OutlookObject::attachment(OutlookObject object) {
  storages.emplace_back(fmt::format("__attach_version1.0_#{:08X}", attachments_++),
                        std::move(object));
  return *this;
}
OutlookObject& OutlookObject::attached_message(OutlookObject message) {
  OutlookObject object;
  object.storages.emplace_back(name_of(0x3701, "000D"), std::move(message));
  return attachment(std::move(object));
}
OutlookObject& OutlookObject::attached_file(const std::string& name, const std::string& bytes,
                                            const std::string& mime_type) {
  OutlookObject object;
  if (!name.empty()) object.wide(0x3707, name);
  if (!mime_type.empty()) object.wide(0x370E, mime_type);
  return attachment(object.binary(0x3701, bytes));
}

std::string outlook_file(const OutlookObject& message) {
  GsfOutput* memory = gsf_output_memory_new();
  GsfOutfile* root = gsf_outfile_msole_new(memory);
  OutlookWriter::write(root, message, 32);
  gsf_output_close(GSF_OUTPUT(root));
  const auto* data =
      reinterpret_cast<const char*>(gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)));
  std::string bytes(data, static_cast<std::size_t>(gsf_output_size(memory)));
  g_object_unref(root);
  g_object_unref(memory);
  return bytes;
}

}  // namespace emltrace::test
