// Are the long bodies part of every translation unit, or compiled once elsewhere?
#pragma once

// Header-only by default. Where COUNTYPLAN_SEPARATE is defined (by linking countyplan::compiled, for a whole
// program at once), public headers leave out the long bodies that <folder>/impl/ holds, and the library
// provides them. COUNTYPLAN_BODIES_<FOLDER> is for the library's own sources only.
#if defined(COUNTYPLAN_SEPARATE)
#define COUNTYPLAN_INLINE
#else
#define COUNTYPLAN_INLINE inline
#endif
