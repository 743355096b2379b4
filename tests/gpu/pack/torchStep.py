"""One training step of HRM's shapes in PyTorch, eager float32, for comparison with ours: same sizes, same passes.

Argument: {"modes", "sizes", "warmUp", "steps"} as JSON. Prints one JSON line per figure. Random tokens; nothing is learnt.
"""

import json
import math
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

device = "cuda" if torch.cuda.is_available() else "cpu"
VOCABULARY, H_CYCLES, L_CYCLES = 11, 2, 2


def norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5)


def turn(x, cos, sin):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        width = size["hiddenSize"]
        inner = math.ceil(round(4 * width * 2 / 3) / 256) * 256
        self.heads = size["heads"]
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.o = nn.Linear(width, width, bias=False)
        self.gate_up = nn.Linear(width, 2 * inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)

    def forward(self, x, cos, sin):
        rows, length, width = x.shape
        split = self.qkv(x).view(rows, length, 3 * self.heads, -1).transpose(1, 2)
        q, k, v = split.chunk(3, 1)
        mixed = F.scaled_dot_product_attention(turn(q, cos, sin), turn(k, cos, sin), v)
        x = norm(x + self.o(mixed.transpose(1, 2).reshape(rows, length, width)))
        gate, up = self.gate_up(x).chunk(2, -1)
        return norm(x + self.down(F.silu(gate) * up))


class Model(nn.Module):
    def __init__(self, mode, size):
        super().__init__()
        self.mode = mode
        width, layers = size["hiddenSize"], size["layers"]
        stack = lambda count: nn.ModuleList(Block(size) for _ in range(count))
        self.high = stack(2 * layers if mode == "transformer" else layers if mode == "hrm-v1" else 0)
        self.low = stack(layers if mode != "transformer" else 0)
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.lm_head = nn.Linear(width, VOCABULARY, bias=False)
        self.q_head = nn.Linear(width, 2)
        head, length = width // size["heads"], size["sequenceLength"]
        angles = torch.outer(torch.arange(length).float(), 10000 ** (-torch.arange(0, head, 2) / head))
        self.register_buffer("cos", torch.cat((angles, angles), -1).cos())
        self.register_buffer("sin", torch.cat((angles, angles), -1).sin())

    def run(self, blocks, x):
        for block in blocks:
            x = block(x, self.cos, self.sin)
        return x

    def segment(self, z_h, z_l, x):
        if self.mode == "transformer":
            return self.run(self.high, z_h + x), z_l
        high = self.high if self.mode == "hrm-v1" else self.low
        # The passes without gradient: all but the last L and H (hrm-v1), all but the last cycle (trm).
        calls = (["L"] * L_CYCLES + ["H"]) * H_CYCLES
        kept = 2 if self.mode == "hrm-v1" else L_CYCLES + 1
        for i, call in enumerate(calls):
            with torch.set_grad_enabled(torch.is_grad_enabled() and i >= len(calls) - kept):
                if call == "L":
                    z_l = self.run(self.low, z_l + z_h + x)
                else:
                    z_h = self.run(high, z_h + z_l)
        return z_h, z_l

    def heads(self, z_h):
        return self.lm_head(z_h), self.q_head(z_h[:, 0]).unbind(-1)


def stablemax_loss(logits, labels):
    s = torch.where(logits >= 0, logits + 1, 1 / (1 - logits.clamp(max=0)))
    log = (s / s.sum(-1, keepdim=True)).log()
    return -log.gather(-1, labels[..., None])[..., 0]


def time_steps(mode, size, warm_up, steps):
    torch.manual_seed(1)
    rows, length, width = size["rows"], size["sequenceLength"], size["hiddenSize"]
    model = Model(mode, size).to(device)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-4, betas=(0.9, 0.95), weight_decay=0.1)
    tokens = torch.randint(VOCABULARY, (rows, length), device=device)
    labels = torch.randint(VOCABULARY, (rows, length), device=device)
    z_h = z_l = torch.randn(rows, length, width, device=device)

    def step():
        nonlocal z_h, z_l
        optimiser.zero_grad(set_to_none=True)
        x = model.embedding(tokens) * math.sqrt(width)
        new_h, new_l = model.segment(z_h, z_l, x)
        logits, (halt, cont) = model.heads(new_h)
        right = (logits.argmax(-1) == labels).all(-1).float()
        loss = stablemax_loss(logits, labels).mean(-1).sum()
        loss = loss + 0.5 * F.binary_cross_entropy_with_logits(halt, right, reduction="sum")
        if mode != "trm":
            with torch.no_grad():
                next_halt, next_cont = model.heads(model.segment(new_h, new_l, x)[0])[1]
                target = torch.maximum(next_halt, next_cont).sigmoid()
            loss = loss + 0.5 * F.binary_cross_entropy_with_logits(cont, target, reduction="sum")
        (loss / rows).backward()
        optimiser.step()
        z_h, z_l = new_h.detach(), new_l.detach()
        # Ours reads the losses and q after every step too.
        torch.stack((loss.detach(), halt.detach().sum(), cont.detach().sum())).tolist()

    for _ in range(warm_up):
        step()
    times = []
    for _ in range(steps):
        started = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - started))
    return {"best": round(min(times), 3), "median": round(statistics.median(times), 3)}


settings = json.loads(sys.argv[1])
name = torch.cuda.get_device_name() if device == "cuda" else "the processor"
print(json.dumps({"torch": torch.__version__, "device": name}))
for size in settings["sizes"]:
    for mode in settings["modes"]:
        figure = {"step": mode, "size": size["name"], "unit": "ms", "on": f"torch {device}"}
        print(json.dumps({**figure, **time_steps(mode, size, settings["warmUp"], settings["steps"])}), flush=True)
