# Every public header, by name, one list per folder; paths are relative to include/countyplan.
# A public header must compile alone (checked by the build); an impl/ header is included by its
# owner only, is installed too, and goes into the list countyplan_headers_impl.

set(countyplan_headers_root
  countyplan.hpp
  error.hpp
  fwd.hpp
  version.hpp
)

set(countyplan_headers_scalar
  scalar/code.hpp
  scalar/day.hpp
  scalar/enumerator.hpp
  scalar/id.hpp
  scalar/message.hpp
  scalar/money.hpp
  scalar/number.hpp
  scalar/share.hpp
)

set(countyplan_headers_graph
  graph/bipartite.hpp
  graph/boost.hpp
  graph/csr.hpp
  graph/cycle.hpp
  graph/dag.hpp
  graph/messages.hpp
  graph/network.hpp
  graph/tree.hpp
)

set(countyplan_headers_plan
  plan/calendar_day.hpp
  plan/check.hpp
  plan/county.hpp
  plan/draft.hpp
  plan/expert.hpp
  plan/fact.hpp
  plan/finding.hpp
  plan/fingerprint.hpp
  plan/goal.hpp
  plan/messages.hpp
  plan/plan.hpp
  plan/post.hpp
  plan/rule.hpp
  plan/school.hpp
  plan/sender.hpp
  plan/staffing.hpp
  plan/table.hpp
  plan/task.hpp
  plan/teacher.hpp
  plan/value_text.hpp
)

set(countyplan_headers_solve
)

set(countyplan_headers_allocate
)

set(countyplan_headers_track
)

set(countyplan_headers_experiment
  experiment/generate.hpp
  experiment/messages.hpp
  experiment/published.hpp
)

# The two compiled components.
set(countyplan_headers_report
)

set(countyplan_headers_io
)

# Bodies: <folder>/impl/<name>.hpp, not meant to be included on their own.
set(countyplan_headers_impl
  experiment/impl/areas.hpp
  experiment/impl/frame.hpp
  experiment/impl/generate.hpp
  experiment/impl/guangxi.hpp
  experiment/impl/holidays.hpp
  experiment/impl/people.hpp
  experiment/impl/posts.hpp
  experiment/impl/present.hpp
  experiment/impl/programme.hpp
  experiment/impl/progress.hpp
  experiment/impl/reporter.hpp
  experiment/impl/school_year.hpp
  experiment/impl/schools.hpp
  graph/impl/boost_bipartite.hpp
  graph/impl/dag.hpp
  graph/impl/tree.hpp
  plan/impl/check.hpp
  plan/impl/check_fact.hpp
  plan/impl/check_form.hpp
  plan/impl/check_range.hpp
  plan/impl/check_reference.hpp
  plan/impl/check_repeat.hpp
  plan/impl/check_staffing.hpp
  plan/impl/draft_check.hpp
  plan/impl/fingerprint.hpp
  plan/impl/judge.hpp
  plan/impl/key_index.hpp
  plan/impl/plan.hpp
  plan/impl/text_form.hpp
)
