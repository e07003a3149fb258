-- wrk script: sends the requests of a file in turn, as they stand there; one RESULT line goes out.
-- The file (its name is the argument after --, or LOAD_REQUESTS) holds for each request a line with its
-- length in bytes, and these bytes.
local requests, sent = {}, 0

function init(arguments)
  local file = assert(io.open(arguments[1] or os.getenv("LOAD_REQUESTS"), "rb"))
  for length in function() return file:read("*n") end do
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency.max, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
