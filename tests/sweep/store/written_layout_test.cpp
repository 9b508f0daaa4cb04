// What is read back of a sealed file beside its rows: any form but the written one is refused by name.
#include "sweep/store/written_layout.hpp"

#include <functional>

#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::sample_layout;

struct Written : testing::Test {
  const Folder folder;
  const std::filesystem::path path = folder / "a.h5";
  const Sealed sealed = write_result(path, sample_layout(50), test::fill_of(sample_layout(50)));

  /// What is said of the file if another layout was to be written.
  std::string said_of(const std::function<void(Layout&)>& change) const {
    Layout layout = sample_layout(50);
    change(layout);
    const hdf5::Handle file = hdf5::open_file(path);
    return error_of([&] { require_layout_as_written(file, path, layout, sealed.content_hash); }).second;
  }
};

TEST_F(Written, IsAsItWas) {
  const hdf5::Handle file = hdf5::open_file(path);
  EXPECT_NO_THROW(require_layout_as_written(file, path, sample_layout(50), sealed.content_hash));
}

TEST_F(Written, WithoutAColumnItsDimensionsKnowOneTooMany) {
  const std::string said = said_of([](Layout& layout) { layout.columns.pop_back(); });  // guarantee
  EXPECT_NE(said.find("the columns of dimension policy read back differently"), std::string::npos) << said;
}

TEST_F(Written, EveryPartIsNamedThatDiffers) {
  const std::vector<std::pair<std::string, std::function<void(Layout&)>>> changes{
      {"dimension war_month", [](Layout& layout) { layout.dimensions[2].size = 3; }},
      {"attribute units of war_month",
       [](Layout& layout) {
         layout.dimensions[2].attributes = {{"units", 1.0}};
       }},
      {"form of column war_length",
       [](Layout& layout) {
         layout.columns[0].dimensions = {"policy", "point"};
       }},
      {"form of column runs_failed", [](Layout& layout) { layout.columns[2].type = Type::i64; }},
      {"attribute flag_values of column status",
       [](Layout& layout) {
         layout.columns[3].attributes[0].value = std::vector<std::uint8_t>{0, 1, 3};
       }},
      {"attributes of column autocracy", [](Layout& layout) { layout.columns[4].attributes.clear(); }},
      {"attribute content_hash of the file", [](Layout& layout) { layout.attributes.pop_back(); }}};
  for (const auto& [part, change] : changes) {
    const std::string said = said_of(change);
    EXPECT_NE(said.find("(the " + part + " read back differently)"), std::string::npos) << part << ": " << said;
  }
}

}  // namespace
}  // namespace truce
