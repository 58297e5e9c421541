import { judgeWithEngine } from "./engineVerdicts";

judgeWithEngine("dev", 1, 3);
