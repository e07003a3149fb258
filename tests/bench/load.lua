-- wrk script: what to send comes from the environment, one machine-readable RESULT line goes out.
--   LOAD_PATH    path; "#" becomes a random id from 1 to LOAD_IDS
--   LOAD_METHOD  default GET
--   LOAD_BODY    body of a write; "#" becomes a number that no other request of this run has
--   LOAD_TYPE    its Content-Type
--   LOAD_AUTH    value of the Authorization header
local path = os.getenv("LOAD_PATH")
local ids = tonumber(os.getenv("LOAD_IDS") or "1")
local method = os.getenv("LOAD_METHOD") or "GET"
local body = os.getenv("LOAD_BODY")
local seed = tonumber(os.getenv("LOAD_SEED") or "1")
local headers = {}
local ready, sent = {}, 0

function init()
  math.randomseed(seed)
  headers["Authorization"] = os.getenv("LOAD_AUTH")
  headers["Content-Type"] = os.getenv("LOAD_TYPE")
  if body then return end
  for i = 1, 5000 do
    local target = path:gsub("#", function() return tostring(math.random(ids)) end)
    ready[i] = wrk.format(method, target, headers)
  end
end

function request()
  sent = sent + 1
  if not body then return ready[sent % #ready + 1] end
  local text = body:gsub("#", tostring(seed) .. "x" .. tostring(sent))
  return wrk.format(method, path, headers, text)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
