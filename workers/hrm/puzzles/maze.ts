import { Random } from '../../quant/random.ts'
import type { Puzzle, PuzzleSource } from './puzzle.ts'

/** What stands in a cell. */
export const mazeCell = { wall: 1, free: 2, start: 3, goal: 4, path: 5 } as const

/** Rooms across and down; rooms and the walls between them make a board of 7 × 7. */
const rooms = 3
const side = 2 * rooms + 1

/** Two rooms side by side, and the cell of the board between them. */
interface Door {
  from: number
  to: number
  cell: number
}

/** The cell of the board a room stands in. */
const cellOf = (room: number) => (2 * Math.floor(room / rooms) + 1) * side + 2 * (room % rooms) + 1

function allDoors(): Door[] {
  const doors: Door[] = []
  for (let room = 0; room < rooms * rooms; room++) {
    if (room % rooms < rooms - 1) doors.push({ from: room, to: room + 1, cell: cellOf(room) + 1 })
    if (room + rooms < rooms * rooms) doors.push({ from: room, to: room + rooms, cell: cellOf(room) + side })
  }
  return doors
}

/** Every way to open doors so that each room is reached by exactly one path: the 192 spanning trees. */
export function allMazes(): Door[][] {
  const doors = allDoors()
  const needed = rooms * rooms - 1
  const found: Door[][] = []
  for (let mask = 0; mask < 2 ** doors.length; mask++) {
    const open = doors.filter((_, i) => (mask >> i) & 1)
    if (open.length === needed && reachable(open, 0).size === needed + 1) found.push(open)
  }
  return found
}

/** Rooms reached from one, each with the door and room it was reached by. */
function reachable(open: Door[], start: number): Map<number, { door: Door; room: number } | null> {
  const reached = new Map<number, { door: Door; room: number } | null>([[start, null]])
  for (const room of reached.keys())
    for (const door of open) {
      const other = door.from === room ? door.to : door.to === room ? door.from : null
      if (other !== null && !reached.has(other)) reached.set(other, { door, room })
    }
  return reached
}

/** Mazes trained on; the other 52 are kept back. */
const trainingMazes = 140
/** Which mazes those are does not depend on the seed of a training. */
const splitSeed = 20_260_102
const puzzlesPerMaze = 2

/** Find the way: 140 mazes to train on with new ends each time, puzzles of the other 52 unseen. */
export function mazeSource(): PuzzleSource {
  const mazes = allMazes()
  const random = new Random(splitSeed)
  const order = random.shuffle(Int32Array.from(mazes.keys()))
  const [training, held] = [order.subarray(0, trainingMazes), order.subarray(trainingMazes)]
  return {
    width: side,
    height: side,
    vocabulary: 6,
    draw: (by) => puzzleOf(mazes[training[by.below(training.length)]], by),
    unseen: [...held].flatMap((maze) =>
      Array.from({ length: puzzlesPerMaze }, () => puzzleOf(mazes[maze], random)),
    ),
  }
}

/** Two different rooms as start and goal; the cells of the way between them are the solution. */
function puzzleOf(open: Door[], random: Random): Puzzle {
  const start = random.below(rooms * rooms)
  const goal = (start + 1 + random.below(rooms * rooms - 1)) % (rooms * rooms)
  const given = new Int32Array(side * side).fill(mazeCell.wall)
  for (let room = 0; room < rooms * rooms; room++) given[cellOf(room)] = mazeCell.free
  for (const { cell } of open) given[cell] = mazeCell.free
  given[cellOf(start)] = mazeCell.start
  given[cellOf(goal)] = mazeCell.goal
  const solution = given.slice()
  const reached = reachable(open, start)
  for (let at = reached.get(goal); at; at = reached.get(at.room)) {
    solution[at.door.cell] = mazeCell.path
    if (at.room !== start) solution[cellOf(at.room)] = mazeCell.path
  }
  return { given, solution }
}
