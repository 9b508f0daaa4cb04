// The manifest's JSON.
#include "sweep/store/manifest.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace truce;
using namespace truce::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Manifest manifest;
  const std::string refused =
      refusal({Exit::corrupt}, [&] { manifest = manifest_from_json(text_of(data, size), "a.manifest.json"); });
  if (!refused.empty()) {
    require(refused.find("a.manifest.json") != std::string::npos, "a fault names the file");
    return 0;
  }
  const std::string written = to_json(manifest);
  const Manifest again = manifest_from_json(written, "the manifest written again");
  require(again.file_hash == manifest.file_hash && again.content_hash == manifest.content_hash &&
              again.bytes == manifest.bytes && again.study_id == manifest.study_id && again.more == manifest.more,
          "a manifest that is written again is the same");
  require(to_json(again) == written, "a manifest has one spelling");
  return 0;
}
