"""What is kind to Discord.

- It takes 50 requests a second from a bot, all of its processes together. A delivery is one; the
  rest stays for opening conversations and for looking: a second that begins with both bursts has
  35 deliveries and 5 first ones, which are two requests each. Answers to interactions don't count.
- A bot that opens many private conversations at once is limited or quarantined, and not always by
  a machine. How many that is isn't said: 25 to 40 in a burst have been reported. Opening one is
  slow here for that reason, and one that exists is never opened again.
- 10,000 requests in 10 minutes that end in 401, 403 or 429 get the whole address banned for a
  while. We allow ourselves a tenth: 50 at once and one in two seconds are 350 in 10 minutes, and
  those that are under way when it becomes too much, five tries for each of 64, are 320 more.
"""

from __future__ import annotations

from core.domain.pacing import Manners, Pace

MANNERS = Manners(pace=Pace(25, 10), first=Pace(0.1, 5), refusals=Pace(0.5, 50))
