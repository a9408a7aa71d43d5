"""The tile map: one tile for each place, none on top of another."""

from section287g import tables, tiles


def test_every_state_and_territory_has_one_tile():
    assert sorted(tiles.TILES) == sorted(tables.load("states")["state"])


def test_no_two_places_share_a_tile_and_all_lie_inside():
    assert len(set(tiles.TILES.values())) == len(tiles.TILES)
    assert all(0 <= column < tiles.COLUMNS and 0 <= row < tiles.ROWS for column, row in tiles.TILES.values())


def test_directions_are_kept():
    column, row = 0, 1
    assert tiles.TILES["CA"][column] < tiles.TILES["TX"][column] < tiles.TILES["FL"][column]
    assert tiles.TILES["ME"][row] < tiles.TILES["VA"][row] < tiles.TILES["FL"][row]
