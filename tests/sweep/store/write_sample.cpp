// Writes the sample result to the path given, for the test that opens it from Python.
#include "tests/sweep/store/store_fixture.hpp"

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const truce::Layout layout = truce::test::sample_layout(66000);
  truce::write_result(arguments[1], layout, truce::test::fill_of(layout));
  return 0;
}
