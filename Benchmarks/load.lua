-- What wrk sends: the lines of a file, one after the other, and at the end one line of figures.
-- File: first the headers, then an empty line, then one request a line: a path, or a path, a tab and the body of a form.
-- Requests are made ready before the clock starts, and answers are not looked at, so that the client costs little.
local requests = {}
local position = 0

function init(args)
  local headers, isHead = {}, true
  for line in io.lines(args[1]) do
    if isHead and line == "" then
      isHead = false
    elseif isHead then
      local name, value = line:match("^(.-): (.*)$")
      headers[name] = value
    else
      local path, body = line:match("^(.-)\t(.*)$")
      if path then
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        requests[#requests + 1] = wrk.format("POST", path, headers, body)
      else
        requests[#requests + 1] = wrk.format("GET", line, headers)
      end
    end
  end
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'figures {"requests": %d, "seconds": %.6f, "refused": %d, "broken": %d, "bytes": %d, "p50": %.3f, "p99": %.3f}',
    summary.requests, summary.duration / 1e6, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
