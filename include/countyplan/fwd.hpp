// Which types of countyplan exist, without what they are made of?
#pragma once

namespace countyplan {

// scalar
class Code;
class Day;
class Message;
class Money;
class Share;
class WorkDays;
struct MessageArgument;
struct MessageText;
struct Period;
enum class Language;
template <class I, class T>
class ById;
template <class Tag>
class Id;

// graph
class Bipartite;
class CompressedRows;
class Dag;
class Network;
class Tree;
struct Arc;
struct Cycle;

}  // namespace countyplan
