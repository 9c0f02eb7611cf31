"""The edge: everything that touches the outside.

System zone files may be older than a country's law: Morocco has been on UTC+0 since 2026-09-20
(IANA 2026c), and a machine not updated since would be an hour wrong. The pinned ``tzdata``
package is therefore the only source, and this must run before any zone is loaded.
"""

import zoneinfo

zoneinfo.reset_tzpath([])
zoneinfo.ZoneInfo.clear_cache()
