"""Views of a Swift source with comments, or comments and strings, blanked out; lines and columns stay where they are."""


def views(source):
    """Returns (code, code_and_strings). Text inside \\( … ) of a string counts as code."""
    code, both = list(source), list(source)
    stack, i, n = [], 0, len(source)  # stack entries: ('string', quote, hashes) or ['paren', depth]

    def blank(target, start, end):
        for k in range(start, min(end, n)):
            if target[k] != "\n":
                target[k] = " "

    while i < n:
        if stack and stack[-1][0] == "string":
            _, quote, hashes = stack[-1]
            escape = "\\" + "#" * hashes
            if source.startswith(quote + "#" * hashes, i):
                step = len(quote) + hashes
                blank(code, i, i + step)
                i += step
                stack.pop()
            elif source.startswith(escape + "(", i):
                blank(code, i, i + len(escape) + 1)
                i += len(escape) + 1
                stack.append(["paren", 1])
            elif source.startswith(escape, i):
                blank(code, i, i + len(escape) + 1)
                i += len(escape) + 1
            else:
                if source[i] == "\n" and quote == '"':
                    stack.pop()  # an unterminated literal ends with its line
                blank(code, i, i + 1)
                i += 1
            continue
        if source.startswith("//", i):
            end = source.find("\n", i)
            end = n if end < 0 else end
            blank(code, i, end)
            blank(both, i, end)
            i = end
        elif source.startswith("/*", i):
            depth, end = 1, i + 2
            while end < n and depth:
                if source.startswith("/*", end):
                    depth, end = depth + 1, end + 2
                elif source.startswith("*/", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            blank(code, i, end)
            blank(both, i, end)
            i = end
        elif source[i] == '"' or (source[i] == "#" and source[i:].lstrip("#").startswith('"') and _opens_raw(source, i)):
            hashes = 0
            while source[i + hashes] == "#":
                hashes += 1
            quote = '"""' if source.startswith('"""', i + hashes) else '"'
            blank(code, i, i + hashes + len(quote))
            i += hashes + len(quote)
            stack.append(("string", quote, hashes))
        else:
            if stack and stack[-1][0] == "paren":
                stack[-1][1] += {"(": 1, ")": -1}.get(source[i], 0)
                if stack[-1][1] == 0:
                    blank(code, i, i + 1)
                    stack.pop()
            i += 1
    return "".join(code), "".join(both)


def _opens_raw(source, i):
    end = i
    while end < len(source) and source[end] == "#":
        end += 1
    return end - i <= 4
