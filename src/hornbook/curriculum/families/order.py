"""The order of the families: as their files list them, but the oldest keep an order of their own.

The order counts: the ladder's fourth rung draws from the held-out families by place, so two that change places
change the exam. The oldest are older than their files, which sort them by theme. (Families that are taught are
ordered by difficulty and name, wherever they stand.)
"""

from __future__ import annotations

from collections.abc import Iterable

from hornbook.curriculum.family import Family

OLDEST = """
acronym_of_long_words join_as_list_in_words price_lines interleave_in_turns reverse_some_words
run_lengths_as_text split_camel_case join_as_camel_case group_digits rotate_text wrap_words mask_words
squeeze_runs number_lines shorten_text title_with_small_words count_vowels characters_repeated_at_least
count_words_by_length count_marked_lines most_frequent_letter longest_run_of_character positions_of_word
gap_between_first_and_last different_words_with_affix count_kinds_of_characters count_neighbour_pairs
lead_of_one_character first_character_with_count letters_in_both extreme_word parse_settings compare_versions
clock_to_minutes column_total password_problems is_valid_name deepest_nesting brackets_match
words_same_backwards shift_letters mirror_within_alphabet shift_by_key decode_signals colour_from_hex
measure_in_small_units most_common_words expand_runs expand_ranges bulk_price fee_by_weight clock_shift
split_into_units days_over_fahrenheit divisors_above square_tiles lights_flash_together primes_with_last_digit
check_digit digit_rounds write_in_base flags_in_mask press_switches round_to_step linear_sequence
years_until_goal change_in_coins leap_years_between goods_by_stock_level deliver_up_to_capacity
sell_single_pieces group_words_by_letters invert_assignment total_per_field extreme_average
average_marks_rounded lookup_setting fill_form price_changes names_by_age histogram_buckets
winner_with_enough_votes positions_of_words rename_fields order_total shop_with_extreme_price
totals_over_warehouses missing_ingredients keep_compared scale_and_shift balance_after_each every_kth_from
rows_of_fixed_length rotate_places take_turns price_tags numbered_entries changes_over_gap flatten_selected
pass_and_fail move_to_the_end clamp_readings limit_repeats unzip_pairs deal_to_players valid_positions
parts_between_markers invoice_with_delivery extreme_article last_position_compared first_day_when
count_in_sorted_range two_for_the_budget best_stretch_of_days totals_of_ranges place_in_ranking
longest_run_compared longest_monotone_stretch merge_ordered order_of_players extreme_distinct shared_ranks
balance_position closest_value shortest_stretch_reaching largest_that_fits longest_without_repeat
nearly_symmetric column_summaries columns_of_ragged_rows quarter_turn diagonal_totals frame_total
operation_grid rows_with_enough_cells position_in_table walk_on_board first_revisited_place
items_by_membership items_in_several_lists pairs_with_shared_hobbies pairs_at_distance merge_bookings
shared_days free_slots guests_present covered_length weekday_of_later_round clock_after_minutes nearest_place
records_from_table top_names weighted_nested_sum numbers_at_depth folder_size power_remainder moves_to_zero
typed_with_undo postfix_value boxes_well_packed round_robin_order counting_out most_urgent_first
cost_of_joining_piles robot_position elevator_distance vending_machine pay_with_coins rooms_needed
most_talks_to_visit paths_around_walls ways_up_the_stairs best_spaced_choice best_way_down
longest_growing_choice places_within_reach fewest_trips order_of_tasks area_of_region check_order_form
numbers_or_default items_at_positions counter_with_turnover closing_time_of_desks
"""
"""The families that were written first, in their order."""


def in_lasting_order(families: Iterable[Family]) -> tuple[Family, ...]:
    """Return all families, with the oldest in their own order in the places that they hold together.

    So a file of them can be divided, or give one to another, if the files stay side by side where they are listed.
    """
    listed = tuple(families)
    rank = {name: place for place, name in enumerate(OLDEST.split())}
    oldest = iter(sorted((f for f in listed if f.name in rank), key=lambda family: rank[family.name]))
    return tuple(next(oldest) if family.name in rank else family for family in listed)
