// Collectives by plain messages through rank 0. A rank's last act in each is to hear from rank 0, so that no message of
// a later step can overtake one of an earlier step.
#include "sweep/crew/collective.hpp"

#include <algorithm>
#include <filesystem>
#include <new>
#include <optional>

namespace truce {
namespace {

Message receive_collective(Crew& crew) {
  Message message = crew.wait();
  if (message.tag != Tag::collective) {
    throw Error(Exit::internal, "rank " + std::to_string(crew.rank()) + " got message " +
                                    std::to_string(static_cast<int>(message.tag)) +
                                    " within a collective step (the ranks are out of step); please report this");
  }
  return message;
}

Message collective_message(std::string text) {
  Message message;
  message.tag = Tag::collective;
  message.text = std::move(text);
  return message;
}

}  // namespace

Failure describe_exception() {
  try {
    throw;
  } catch (const Error& error) {
    return {error.exit(), error.what()};
  } catch (const std::filesystem::filesystem_error& error) {
    return {Exit::io, error.path1().string() + " cannot be used (" + error.code().message() +
                          "); check the path and its permissions"};
  } catch (const std::bad_alloc&) {
    return {Exit::internal, "out of memory (an allocation failed); use a smaller block or fewer ranks per node"};
  } catch (const std::exception& error) {
    return {Exit::internal, std::string(error.what()) + " (an unexpected exception); please report this"};
  } catch (...) {
    return {Exit::internal, "an exception of unknown type (not derived from std::exception); please report this"};
  }
}

std::string broadcast(Crew& crew, std::string text) {
  if (crew.rank() != 0) return receive_collective(crew).text;
  const Message message = collective_message(text);
  for (int rank = 1; rank < crew.size(); ++rank) crew.send(rank, message);
  return text;
}

std::vector<std::string> gather(Crew& crew, std::string text) {
  if (crew.rank() != 0) {
    crew.send(0, collective_message(std::move(text)));
    receive_collective(crew);
    return {};
  }
  std::vector<std::string> texts(static_cast<std::size_t>(crew.size()));
  texts[0] = std::move(text);
  for (int others = crew.size() - 1; others > 0; --others) {
    Message message = receive_collective(crew);
    texts[static_cast<std::size_t>(message.from)] = std::move(message.text);
  }
  for (int rank = 1; rank < crew.size(); ++rank) crew.send(rank, collective_message(""));
  return texts;
}

std::string gather_everywhere(Crew& crew, std::string text) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  if (crew.size() == 1) return text;
  std::string all;
  for (const std::string& each : gather(crew, std::move(text))) all += each;
  const std::size_t size = std::stoull(broadcast(crew, std::to_string(all.size())));
  all.resize(size);
  for (std::size_t at = 0; at < size; at += piece) {
    const std::string part = broadcast(crew, crew.rank() == 0 ? all.substr(at, piece) : "");
    std::ranges::copy(part, all.begin() + static_cast<std::ptrdiff_t>(at));
    barrier(crew);
  }
  return all;
}

void barrier(Crew& crew) { gather(crew, ""); }

void together(Crew& crew, const std::function<void()>& step) {
  std::optional<Failure> failure;
  try {
    step();
  } catch (...) {
    failure = describe_exception();
  }
  // On the wire: empty for success, else the exit code, a space and the text.
  const auto pack = [](const Failure& f) { return std::to_string(static_cast<int>(f.exit)) + " " + f.text; };
  std::string verdict;
  for (const std::string& text : gather(crew, failure ? pack(*failure) : "")) {
    if (verdict.empty()) verdict = text;
  }
  verdict = broadcast(crew, verdict);
  if (verdict.empty()) return;
  const auto space = verdict.find(' ');
  throw AgreedError(static_cast<Exit>(std::stoi(verdict.substr(0, space))), verdict.substr(space + 1));
}

}  // namespace truce
