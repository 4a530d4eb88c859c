/**
 * What Python measures: reads problems as JSON, writes versions and median milliseconds as JSON. Its arrays are made by
 * its own random numbers; only their sizes matter for the time.
 */
export const program = `
import json, sys, time

def imported(name):
    try:
        return __import__(name)
    except ImportError:
        return None

job = json.load(sys.stdin)
numpy, finufft = imported("numpy"), imported("finufft")

def cholesky(problem):
    order = problem["order"]
    a = numpy.random.rand(order, order)
    a = a + a.T + 2 * order * numpy.eye(order)
    return lambda: numpy.linalg.cholesky(a)

def products(problem):
    order = problem["order"]
    w, t = numpy.random.rand(order, order), numpy.random.rand(order, order)
    return lambda: t.T @ (w @ t)

def w_compact(problem):
    modes, count = 2 * problem["gridSize"] - 1, problem["visibilities"]
    x = 2 * numpy.pi * (numpy.random.rand(count) - 0.5)
    y = 2 * numpy.pi * (numpy.random.rand(count) - 0.5)
    weights = numpy.random.rand(count).astype(complex)
    eps = problem["tolerance"]
    return lambda: finufft.nufft2d1(x, y, weights, (modes, modes), eps=eps)

kinds = {"cholesky": cholesky, "products": products, "wCompact": w_compact}

def milliseconds(call):
    call()
    times, begun = [], time.perf_counter()
    while len(times) < 3 or (time.perf_counter() - begun < job["budgetMs"] / 1000 and len(times) < 500):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]

result = {"numpy": numpy and numpy.__version__, "finufft": finufft and finufft.__version__, "times": []}
for problem in job["problems"]:
    if numpy is None or (problem["kind"] == "wCompact" and finufft is None):
        continue
    result["times"].append({"name": problem["name"], "ms": milliseconds(kinds[problem["kind"]](problem))})
print(json.dumps(result))
`;
